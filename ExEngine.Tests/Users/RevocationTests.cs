using System.Net;
using System.Net.Http.Json;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using ExEngine.Web.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[Collection(nameof(UsersApp))]
[NeedsServer]
public sealed class RevocationTests(UsersApp app)
{
    private const string NewPassword = "another horse battery";

    [Fact]
    public async Task PasswordChangedOnThePage_EndsOtherSessionsAndTokensButNotThisOne()
    {
        using var here = app.Visit();
        await here.RegisterByPageAsync();
        using var elsewhere = new Visitor(app.Address) { Email = here.Email };
        await elsewhere.SignInByPageAsync();
        using var script = await new Visitor(app.Address) { Email = here.Email }.TakeTokensAsync(register: false);

        var answer = await here.SubmitAsync(
            "/account/profile/password",
            "password",
            ("Input.Current", Visitor.Password),
            ("Input.New", NewPassword)
        );

        here.GoesTo(answer).ShouldBe("/account/profile?done=PasswordChanged");
        (await script.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await elsewhere.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await here.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
        (await script.Http.PostAsJsonAsync("/api/auth/refresh", new { refreshToken = script.RefreshToken })).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    public async Task PasswordChangedByApi_EndsTheOldToken()
    {
        using var user = await app.Visit().TakeTokensAsync();

        var answer = await user.Http.PostAsJsonAsync(
            "/api/auth/manage/info",
            new { oldPassword = Visitor.Password, newPassword = NewPassword }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await user.SignInByApiAsync(NewPassword)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignedOutEverywhere_EndsEverySessionAndToken()
    {
        using var here = app.Visit();
        await here.RegisterByPageAsync();
        using var elsewhere = new Visitor(app.Address) { Email = here.Email };
        await elsewhere.SignInByPageAsync();
        using var script = await new Visitor(app.Address) { Email = here.Email }.TakeTokensAsync(register: false);

        await here.SubmitAsync("/account/security", "everywhere");

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await here.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await elsewhere.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await script.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task StampChangedByAnotherInstance_IsNoticedWithinTheRevalidationTime()
    {
        using var script = await app.Visit().TakeTokensAsync();
        (await script.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await db.Users.Where(u => u.Email == script.Email).ExecuteUpdateAsync(s => s.SetProperty(u => u.SecurityStamp, "changed"));

        app.Clock.Advance(TimeSpan.FromSeconds(app.Get<IOptions<UserOptions>>().Value.RevalidateSeconds));

        (await script.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void RevalidationTime_LeavesNoMinuteToARevokedSession()
    {
        // An open page asks once per interval, and may be told what was read one interval ago.
        app.Get<IOptions<UserOptions>>().Value.RevalidateSeconds.ShouldBeLessThan(30);
    }
}
