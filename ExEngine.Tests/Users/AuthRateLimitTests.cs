using System.Globalization;
using System.Net;
using ExEngine.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[NeedsServer]
public sealed class AuthRateLimitTests
{
    [Fact]
    public async Task TooManyAttemptsForOneAccount_AreTurnedAwayUntilTheWindowPasses()
    {
        var clock = new OffsetClock();
        await using var app = Limited(perIp: 1000, perAccount: 3, clock);
        using var user = new Visitor(app.Address);
        await user.RegisterByApiAsync();
        for (var i = 0; i < 3; i++)
        {
            (await user.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var api = await user.SignInByApiAsync();
        var page = await user.SignInByPageAsync();

        api.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        api.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        ((string)(await Visitor.JsonOf(api))["code"]!).ShouldBe("rate_limited");
        var wait = int.Parse(api.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture);
        wait.ShouldBeInRange(1, 60);
        page.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        page.Headers.Contains("Retry-After").ShouldBeTrue();
        (await Visitor.DocumentOf(page)).QuerySelector("[role=alert]")!.TextContent.ShouldContain("Too many attempts. Try again in");

        clock.Advance(TimeSpan.FromSeconds(wait));
        (await user.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task TooManyRegistrationsFromOneAddress_AreTurnedAway()
    {
        await using var app = Limited(perIp: 2, perAccount: 1000, new OffsetClock());
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var user = new Visitor(app.Address);
            answers.Add((await user.RegisterByApiAsync()).StatusCode);
        }

        using var late = new Visitor(app.Address);
        answers.Add((await late.RegisterByPageAsync()).StatusCode);
        answers.Add((await late.SignInByApiAsync()).StatusCode);

        answers.ShouldBe([
            HttpStatusCode.OK,
            HttpStatusCode.OK,
            HttpStatusCode.TooManyRequests,
            HttpStatusCode.TooManyRequests,
            HttpStatusCode.Unauthorized,
        ]);
    }

    [Fact]
    public async Task WrongPasswordsForManyNames_MakeTheirAddressWaitLongerThanTheWindow_AndNoKnownDevice()
    {
        var clock = new OffsetClock();
        await using var app = Limited(perIp: 6, perAccount: 1000, clock);
        using var owner = new Visitor(app.Address);
        await owner.RegisterByPageAsync();
        await owner.SignOutAsync();
        for (var i = 0; i < 6; i++)
        {
            using var nobody = new Visitor(app.Address);
            (await nobody.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        using var late = new Visitor(app.Address);
        ((string)(await Visitor.JsonOf(await late.SignInByApiAsync()))["code"]!).ShouldBe("locked");
        owner.GoesTo(await owner.SignInByPageAsync()).ShouldBe("/");
    }

    private static AppFactory Limited(int perIp, int perAccount, OffsetClock clock) =>
        new AppFactory
        {
            ["Users:HashMemoryKib"] = "1024",
            ["RateLimits:Auth:PermitsPerIp"] = perIp.ToString(CultureInfo.InvariantCulture),
            ["RateLimits:Auth:PermitsPerAccount"] = perAccount.ToString(CultureInfo.InvariantCulture),
        }.With(services => services.AddSingleton<TimeProvider>(clock));
}
