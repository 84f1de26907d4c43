using System.Net;
using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

/// <summary>A way back for who lost the password, by whoever runs the program, while it runs.</summary>
[NeedsServer]
public sealed partial class UserCommandsTests
{
    private const string Another = "quite another phrase 9";

    [Fact]
    public async Task LostPassword_IsSetAnewByALinkThatWorksOnce()
    {
        await using var app = new AppProcess { ["Users:HashMemoryKib"] = "1024", ["Webhooks:PublicUrl"] = "https://trade.example" };
        await app.StartAsync();
        using var owner = new Visitor(app.Address);
        await owner.RegisterByPageAsync();

        var (listed, all) = await app.CommandAsync("users", "list");
        var (made, said) = await app.CommandAsync("users", "reset-password", owner.Email);
        var link = Link().Match(said);
        var first = await owner.SubmitAsync(link.Groups[1].Value, "reset", ("Input.New", Another));
        var again = await owner.SubmitAsync(link.Groups[1].Value, "reset", ("Input.New", "the thief's own phrase 1"));

        (listed, made).ShouldBe((0, 0), said);
        all.ShouldContain(owner.Email);
        owner.GoesTo(first).ShouldBe("/account/sign-in?done=PasswordReset");
        (await again.Content.ReadAsStringAsync()).ShouldContain("used already");
        using var old = new Visitor(app.Address) { Email = owner.Email };
        (await old.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await old.SignInByApiAsync(Another)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await owner.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized, "Every session has ended.");
    }

    [Fact]
    public async Task EndedSessions_AreOverInTheRunningProgram()
    {
        await using var app = new AppProcess { ["Users:HashMemoryKib"] = "1024", ["Users:RevalidateSeconds"] = "1" };
        await app.StartAsync();
        using var owner = new Visitor(app.Address);
        await owner.RegisterByPageAsync();
        (await owner.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);

        (await app.CommandAsync("users", "end-sessions", owner.Email)).Code.ShouldBe(0);

        await Until.True(async () => await owner.WhoAmIAsync() == HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("users")]
    [InlineData("users", "delete-all")]
    [InlineData("users", "reset-password", "nobody@example.org")]
    public async Task WrongCommand_SaysWhatThereIs(params string[] arguments)
    {
        await using var app = new AppProcess();
        await app.StartAsync();

        var (code, said) = await app.CommandAsync(arguments);

        code.ShouldBe(1);
        said.ShouldContain("users list");
        said.ShouldNotContain("   at ");
    }

    [GeneratedRegex(@"https://trade\.example(/account/reset\S+)")]
    private static partial Regex Link();
}
