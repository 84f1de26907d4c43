using System.Net;
using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using ExEngine.Web.Users.Commands;
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
        await using var app = new AppProcess { ["Users:HashMemoryKib"] = "1024", ["PublicUrl"] = "https://trade.example" };
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
    public async Task EndedSessions_AreOver()
    {
        await using var app = new OperatedApp();
        using var owner = await app.UserAsync();
        (await owner.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);

        (await RunAsync(app, "users", "end-sessions", owner.Email)).Code.ShouldBe(0);

        (await owner.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Invited_RegistersByTheLink()
    {
        await using var app = new OperatedApp();
        app.App["PublicUrl"] = "https://trade.example";
        await app.OperatorAsync();
        using var guest = app.Visit();

        var (code, said) = await RunAsync(app, "users", "invite", guest.Email, "--contentRoot", "x");
        var link = InvitationLink().Match(said).Groups[1].Value;

        code.ShouldBe(0, said);
        guest.GoesTo(await guest.SubmitAsync(link, "register", ("Input.Password", Visitor.Password))).ShouldBe("/");
        (await RunAsync(app, "users", "invite", guest.Email)).ShouldBe((1, "This address has an account already.\n"));
        (await RunAsync(app, "users", "invite")).Said.ShouldContain("https://trade.example/account/register?invitation=");
    }

    [Fact]
    public async Task DisabledByCommand_IsOutUntilEnabled_AndTheLastOperatorStays()
    {
        await using var app = new OperatedApp();
        var first = await app.OperatorAsync();
        using var user = await app.UserAsync();

        (await RunAsync(app, "users", "disable", first.Email)).Code.ShouldBe(1, "The only operator.");
        (await RunAsync(app, "users", "make-operator", user.Email)).Code.ShouldBe(0);
        (await RunAsync(app, "users", "disable", first.Email)).Code.ShouldBe(0);

        (await first.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await user.Http.GetAsync("/api/operator/users")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RunAsync(app, "users", "list")).Said.ShouldMatch($"{first.Email}.* disabled");
        (await RunAsync(app, "users", "enable", first.Email)).Code.ShouldBe(0);
        (await first.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("users")]
    [InlineData("users", "delete-all")]
    [InlineData("users", "delete", "nobody@example.org")]
    [InlineData("users", "reset-password", "nobody@example.org")]
    public async Task WrongCommand_SaysWhatThereIs(params string[] arguments)
    {
        await using var app = new OperatedApp();
        await app.OperatorAsync();

        var (code, said) = await RunAsync(app, arguments);

        code.ShouldBe(1);
        said.ShouldContain("users list");
        said.ShouldNotContain("   at ");
    }

    private static async Task<(int Code, string Said)> RunAsync(OperatedApp app, params string[] arguments)
    {
        var said = new StringWriter { NewLine = "\n" };
        var code = await UserCommands.RunAsync(app.App.Services, arguments, said);
        return (code, said.ToString());
    }

    [GeneratedRegex(@"https://trade\.example(/account/register\S+)")]
    private static partial Regex InvitationLink();

    [GeneratedRegex(@"https://trade\.example(/account/reset\S+)")]
    private static partial Regex Link();
}
