using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[Collection(nameof(UsersApp))]
[NeedsServer]
public sealed class SessionTests(UsersApp app)
{
    [Fact]
    public async Task SignedOut_ACopiedCookieIsWorthNothing()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        using var thief = user.Copy();
        (await thief.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);

        await user.SignOutAsync();

        (await thief.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        thief.GoesTo(await thief.Http.GetAsync("/")).ShouldNotBeNull().ShouldStartWith("/account/sign-in");
    }

    [Fact]
    public async Task SignedInAgain_TheFormerCookieOfThisBrowserEnds()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        using var copy = user.Copy();

        await user.SignInByPageAsync();

        (await copy.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sessions_AreListedAndEndedOverRest()
    {
        using var browser = app.Visit();
        browser.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        await browser.RegisterByPageAsync();
        using var script = new Visitor(app.Address) { Email = browser.Email };
        script.Http.DefaultRequestHeaders.UserAgent.ParseAdd("curl/8.5.0");
        await script.TakeTokensAsync(register: false);
        using var second = await new Visitor(app.Address) { Email = browser.Email }.TakeTokensAsync(register: false);

        var items = await ListAsync(script);
        items.Select(i => (string)i["device"]!).ShouldBe(["A program", "curl", "Firefox on Linux"]);
        items.Select(i => (string)i["kind"]!).ShouldBe(["tokens", "tokens", "cookie"]);
        items.Select(i => (bool)i["current"]!).ShouldBe([false, true, false]);
        items.ShouldAllBe(i => (string)i["ip"]! == "127.0.0.1");

        (await script.Http.DeleteAsync($"/api/auth/sessions/{items[2]["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await script.Http.DeleteAsync("/api/auth/sessions")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await second.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await RefreshAsync(second)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ListAsync(script)).Count.ShouldBe(1);
        (await script.Http.DeleteAsync($"/api/auth/sessions/{items[1]["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await script.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await RefreshAsync(script)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Sessions_OfSomebodyElse_DoNotExist()
    {
        using var mine = await app.Visit().TakeTokensAsync();
        using var other = await app.Visit().TakeTokensAsync();
        var id = (string)(await ListAsync(other))[0]["id"]!;

        (await mine.Http.DeleteAsync($"/api/auth/sessions/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await mine.Http.DeleteAsync("/api/auth/sessions")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await other.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sessions_AreEndedOnThePage()
    {
        using var here = app.Visit();
        await here.RegisterByPageAsync();
        using var there = new Visitor(app.Address) { Email = here.Email };
        await there.SignInByPageAsync();
        var page = await Visitor.DocumentOf(await here.Http.GetAsync("/account/security/sessions"));
        page.QuerySelectorAll(".sessions li").Length.ShouldBe(2);
        var form = page.QuerySelector("input[name=_handler][value^='end-']:not([value=end-others])")!.GetAttribute("value")!;

        here.GoesTo(await here.SubmitAsync("/account/security/sessions", form)).ShouldBe("/account/security/sessions?done=SessionEnded");
        (await there.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        await there.SignInByPageAsync();
        await here.SubmitAsync("/account/security/sessions", "end-others");
        (await there.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await here.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task RefreshToken_WorksOnce_AndASecondTimeEndsItsSession()
    {
        using var user = await app.Visit().TakeTokensAsync();
        var first = user.RefreshToken;
        var next = await RefreshAsync(user);
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
        user.Carry(await Visitor.JsonOf(next));
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);

        var again = await user.Http.PostAsJsonAsync("/api/auth/refresh", new { refreshToken = first });

        again.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await RefreshAsync(user)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData(null)]
    public async Task RefreshToken_OfNonsense_IsRefused(string? token)
    {
        using var user = app.Visit();

        var answer = await user.Http.PostAsJsonAsync("/api/auth/refresh", new { refreshToken = token });

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ((string)(await Visitor.JsonOf(answer))["code"]!).ShouldBe("unauthenticated");
    }

    [Theory]
    [InlineData(nameof(UserSession.SeenAt), 14)]
    [InlineData(nameof(UserSession.CreatedAt), 30)]
    public async Task Session_EndsWhenIdleOrOld(string since, int days)
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        await AgeAsync(user, since, TimeSpan.FromDays(days) - TimeSpan.FromHours(1));
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);

        await AgeAsync(user, since, TimeSpan.FromDays(days));

        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("GET", "/api/auth/sessions")]
    [InlineData("DELETE", "/api/auth/sessions")]
    [InlineData("DELETE", "/api/auth/sessions/01a22259-d9e5-7000-aec7-8505554e188b")]
    [InlineData("POST", "/api/auth/confirm")]
    public async Task Nobody_HasNoSessions(string method, string path)
    {
        using var nobody = app.Visit();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(new { }) };

        (await nobody.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SessionEndedElsewhereWithoutAWord_IsReadAgainAfterTheRevalidationTimeAndNotBefore()
    {
        using var user = await app.Visit().TakeTokensAsync();
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await db
            .Sessions.Where(s => db.Users.Any(u => u.Id == s.UserId && u.Email == user.Email))
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, app.Clock.GetUtcNow().UtcDateTime));

        // From memory: a request costs no read.
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromSeconds(15));
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_IsSeenWhereItComesFrom()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        await AgeAsync(user, nameof(UserSession.SeenAt), TimeSpan.FromHours(3));

        await user.WhoAmIAsync();

        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var seen = await db
            .Sessions.Where(s => db.Users.Any(u => u.Id == s.UserId && u.Email == user.Email))
            .Select(s => s.SeenAt)
            .SingleAsync();
        seen.ShouldBe(app.Clock.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Alerts_DoNotAskForSessions()
    {
        using var user = await app.Visit().TakeTokensAsync();
        await AgeAsync(user, nameof(UserSession.SeenAt), TimeSpan.FromHours(3));

        (await user.Http.PostAsJsonAsync("/hooks/nothing", new { })).IsSuccessStatusCode.ShouldBeFalse();

        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var seen = await db
            .Sessions.Where(s => db.Users.Any(u => u.Id == s.UserId && u.Email == user.Email))
            .Select(s => s.SeenAt)
            .SingleAsync();
        seen.ShouldBeLessThan(app.Clock.GetUtcNow().UtcDateTime.AddHours(-2));
    }

    // Past what the application remembers of a session.
    private async Task AgeAsync(Visitor user, string since, TimeSpan age)
    {
        var at = app.Clock.GetUtcNow().UtcDateTime - age;
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var mine = db.Sessions.Where(s => db.Users.Any(u => u.Id == s.UserId && u.Email == user.Email));
        await mine.ExecuteUpdateAsync(u => u.SetProperty(s => EF.Property<DateTime>(s, since), at));
        app.Get<ExEngine.Web.Users.Sessions.LiveSessions>().Forget(await mine.Select(s => s.UserId).FirstAsync());
    }

    private static Task<HttpResponseMessage> RefreshAsync(Visitor user) =>
        user.Http.PostAsJsonAsync("/api/auth/refresh", new { refreshToken = user.RefreshToken });

    private static async Task<List<JsonObject>> ListAsync(Visitor user) =>
        (await Visitor.JsonOf(await user.Http.GetAsync("/api/auth/sessions")))["items"]!.AsArray().Select(i => i!.AsObject()).ToList();
}
