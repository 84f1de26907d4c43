using System.Net;
using System.Net.Http.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.Path;
using ExEngine.Tests.Support;
using ExEngine.Web.Users.Operators;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

/// <summary>Who is disabled comes in by no way, and what they hold is looked after.</summary>
[NeedsServer]
public sealed class DisabledUserTests(OperatedApp app, ExecutionApps apps) : IClassFixture<OperatedApp>, IClassFixture<ExecutionApps>
{
    [Fact]
    public async Task EveryWayIn_IsShutAndEverySessionEnds()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync(invitation: await app.InviteAsync());
        using var key = new SoftPasskey();
        await key.AddToAsync(user);
        using var script = await new Visitor(app.App.Address) { Email = user.Email }.TakeTokensAsync(register: false);

        (await app.ActAsync(user, "disable")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await script.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        var refresh = await script.Http.PostAsJsonAsync("/api/auth/refresh", new { refreshToken = script.RefreshToken });
        refresh.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var byApi = await script.SignInByApiAsync();
        (byApi.StatusCode, await OperatedApp.CodeOf(byApi)).ShouldBe((HttpStatusCode.Unauthorized, "user_disabled"));
        (await (await user.SignInByPageAsync()).Content.ReadAsStringAsync()).ShouldContain("This account is disabled");
        (await (await key.SignInAsync(user)).Content.ReadAsStringAsync()).ShouldContain("This account is disabled");
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);

        (await app.ActAsync(user, "enable")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await script.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized, "What ended stays ended.");
        (await script.SignInByApiAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        user.GoesTo(await key.SignInAsync(user)).ShouldBe("/");
    }

    [Fact]
    public async Task DisabledBetweenPasswordAndCode_NeitherCodeNorRecoveryCodeOpens()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync(invitation: await app.InviteAsync());
        var (secret, codes) = await TwoFactorTests.TurnOnAsync(user);
        await user.SignOutAsync();
        user.GoesTo(await user.SignInByPageAsync()).ShouldBe("/account/sign-in/code");

        await app.ActAsync(user, "disable");

        var code = await user.SubmitAsync("/account/sign-in/code", "code", ("Input.Code", Totp.Now(secret)));
        (await code.Content.ReadAsStringAsync()).ShouldContain("This account is disabled");
        var recovery = await user.SubmitAsync("/account/sign-in/recovery", "recovery", ("Input.Code", codes[0]));
        (await recovery.Content.ReadAsStringAsync()).ShouldContain("This account is disabled");
        var script = await user.SignInByApiAsync(recoveryCode: codes[1]);
        (await OperatedApp.CodeOf(script)).ShouldBe("user_disabled");
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Stranger_LearnsNothingOfWhoIsDisabled()
    {
        using var user = await app.UserAsync();
        await app.ActAsync(user, "disable");
        using var stranger = app.Visit();
        var before = app.App.Hasher.Verified;

        var answer = await new Visitor(app.App.Address) { Email = user.Email }.SignInByApiAsync("wrong horse battery");

        (await OperatedApp.CodeOf(answer)).ShouldBe("sign_in_failed");
        (app.App.Hasher.Verified - before).ShouldBe(1, "The same work as for anybody.");
    }

    [Fact]
    public async Task LastOperator_StaysEvenWhenTwoDisableEachOtherAtOnce()
    {
        await using var own = new OperatedApp();
        var first = await own.OperatorAsync();
        (await OperatedApp.CodeOf(await own.ActAsync(first, "disable"))).ShouldBe("last_operator");
        using var second = await own.UserAsync();
        var (one, other) = (Guid.Parse(await own.IdAsync(first)), Guid.Parse(await own.IdAsync(second)));
        await own.App.Get<UserSwitch>().MakeOperatorAsync(other, CancellationToken.None);

        var changes = await Task.WhenAll(
            new[] { one, other }.Select(id => Task.Run(() => own.App.Get<UserSwitch>().DisableAsync(id, CancellationToken.None)))
        );

        changes.Order().ShouldBe([UserChange.Done, UserChange.LastOperator]);
        await using var db = await own.App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        (await db.Users.CountAsync(u => u.IsOperator && u.DisabledAt == null)).ShouldBe(1);
    }

    [Fact]
    public async Task UserWhoWasReadBefore_DoesNotComeBackByBeingWritten()
    {
        using var user = await app.UserAsync();
        await using var scope = app.App.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var read = (await users.FindByEmailAsync(user.Email))!;

        await app.ActAsync(user, "disable");
        var written = await users.UpdateAsync(read);

        written.Succeeded.ShouldBeFalse();
        (await OperatedApp.CodeOf(await user.SignInByApiAsync())).ShouldBe("user_disabled");
    }

    [Theory]
    [InlineData(TwoDatabases.Sqlite)]
    [InlineData(TwoDatabases.Postgres)]
    public async Task Webhook_TakesNoAlertsAndWhatWasTakenIsStillTraded(string database)
    {
        var trading = await apps.OnAsync(database);
        await ApiClient.SignUpAsync(trading.App.Address); // the operator
        var (trader, door) = await trading.DoorAsync("secret");
        var buy = await door.SendAsync("""{"symbol":"BTC/USDT","action":"buy","order_type":"market","trade_quantity":"0.01"}""");
        buy.Status.ShouldBe(HttpStatusCode.Accepted);
        await Until.True(async () => (await trading.RowsAsync(trader))[0].Status == SignalStatus.Done);
        var exit = await door.SendAsync("""{"symbol":"BTC/USDT","action":"exit","delay":"3"}""");
        exit.Status.ShouldBe(HttpStatusCode.Accepted);
        await using var db = await trading.App.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var owner = (await trading.RowsAsync(trader))[0].UserId;

        await trading.App.Get<UserSwitch>().DisableAsync(owner, CancellationToken.None);

        var refused = await door.SendAsync("""{"symbol":"BTC/USDT","action":"buy","order_type":"market","trade_quantity":"0.01"}""");
        (refused.Status, refused.Code).ShouldBe((HttpStatusCode.Forbidden, "user_disabled"));
        var stranger = await new Sender(door.Url, "wrong", "secret").SendAsync("""{"symbol":"BTC/USDT","action":"exit"}""");
        stranger.Status.ShouldBe(HttpStatusCode.Unauthorized, "Only who knows the secret is told.");
        (await db.Signals.CountAsync(s => s.UserId == owner)).ShouldBe(2, "Nothing of it is stored.");
        await Until.True(async () => !await db.Positions.AnyAsync(p => p.UserId == owner && p.Quantity != 0), TimeSpan.FromSeconds(30));

        await trading.App.Get<UserSwitch>().EnableAsync(owner, CancellationToken.None);
        (await door.SendAsync("""{"symbol":"BTC/USDT","action":"exit"}""")).Status.ShouldBe(HttpStatusCode.Accepted);
    }
}
