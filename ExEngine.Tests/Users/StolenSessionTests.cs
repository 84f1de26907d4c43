using System.Net;
using System.Net.Http.Json;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

/// <summary>A thief has a copy of the session cookie, or of a token, and no password: nothing that he does outlives the session.</summary>
[Collection(nameof(UsersApp))]
[NeedsServer]
public sealed class StolenSessionTests(UsersApp app)
{
    private const string NewPasskey = "/account/security/passkeys/new";

    [Fact]
    public async Task PasskeyMadeForTheThief_IsNotAddedToTheVictim()
    {
        using var victim = app.Visit();
        await victim.RegisterByPageAsync();
        using var thief = app.Visit();
        await thief.RegisterByPageAsync();
        using var key = new SoftPasskey();
        var made = key.Create(thief, (await SoftPasskey.OptionsAsync(thief, NewPasskey, "creation")).ShouldNotBeNull());

        // The victim has just signed in, and the thief holds the cookies of both.
        using var both = Mixed(session: victim, rest: thief);
        var answer = await both.SubmitAsync(NewPasskey, "add-passkey", ("Credential", made));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Visitor.DocumentOf(answer)).QuerySelector("[role=alert]")!.TextContent.ShouldContain("could not be added");
        (await PasskeysAsync(victim)).ShouldBe(0);
        key.UserHandle = (await IdAsync(victim)).ToString();
        using var later = app.Visit();
        (await key.SignInAsync(later)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await later.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task PasskeyOfAThief_NeedsAProofThatTheThiefCannotGive()
    {
        using var victim = app.Visit();
        await victim.RegisterByPageAsync();
        await app.WaitForConfirmationsToEndAsync(victim.Email);
        using var thief = victim.Copy();

        thief.GoesTo(await thief.Http.GetAsync(NewPasskey)).ShouldBe($"/account/confirm?returnUrl={Uri.EscapeDataString(NewPasskey)}");
        (await SoftPasskey.OptionsAsync(thief, "/account/profile/password", "creation")).ShouldBeNull();
        (await thief.SubmitAsync("/account/confirm", "confirm", ("Password.Text", "wrong horse battery"))).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        thief.GoesTo(await thief.Http.GetAsync(NewPasskey)).ShouldNotBeNull();

        // The form that was opened in time, sent too late.
        await ConfirmAsync(victim);
        using var key = new SoftPasskey();
        var made = key.Create(thief, (await SoftPasskey.OptionsAsync(thief, NewPasskey, "creation")).ShouldNotBeNull());
        var token = await thief.AntiforgeryAsync(NewPasskey);
        await app.WaitForConfirmationsToEndAsync(victim.Email);
        var late = await PostAsync(thief, NewPasskey, token, ("_handler", "add-passkey"), ("Credential", made));

        thief.GoesTo(late).ShouldNotBeNull().ShouldStartWith("/account/confirm");
        (await PasskeysAsync(victim)).ShouldBe(0);
    }

    [Fact]
    public async Task PasskeyOfSomebodyElse_ConfirmsNothing()
    {
        using var victim = app.Visit();
        await victim.RegisterByPageAsync();
        using var own = new SoftPasskey();
        await own.AddToAsync(victim);
        using var thief = app.Visit();
        await thief.RegisterByPageAsync();
        using var theirs = new SoftPasskey();
        await theirs.AddToAsync(thief);
        await app.WaitForConfirmationsToEndAsync(victim.Email);

        (await ByPasskeyAsync(victim, theirs)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        victim.GoesTo(await victim.Http.GetAsync(NewPasskey)).ShouldNotBeNull();
        (await ByPasskeyAsync(victim, own)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        victim.GoesTo(await victim.Http.GetAsync(NewPasskey)).ShouldBeNull();
    }

    [Theory]
    [InlineData("/account/security/authenticator", "turn-on")]
    [InlineData("/account/security/recovery-codes", "new-codes")]
    [InlineData("/account/profile/delete", "delete")]
    public async Task PageThatGivesOrTakesAccess_AsksFirstAndGoesOn(string page, string form)
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        var token = await user.AntiforgeryAsync("/account/security");
        await app.WaitForConfirmationsToEndAsync(user.Email);

        var confirm = user.GoesTo(await user.Http.GetAsync(page)).ShouldNotBeNull();
        confirm.ShouldBe($"/account/confirm?returnUrl={Uri.EscapeDataString(page)}");
        user.GoesTo(await PostAsync(user, page, token, ("_handler", form))).ShouldBe(confirm);
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);

        var on = await user.SubmitAsync(confirm, "confirm", ("Password.Text", Visitor.Password));
        user.GoesTo(on).ShouldBe(page);
        (await user.Http.GetAsync(page)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("POST", "/api/accounts", """{"name":"live","exchange":"binance","mode":"live","apiKey":"k","secret":"s"}""")]
    [InlineData("PUT", "/api/accounts/{account}", """{"name":"paper","apiKey":"k","secret":"s"}""")]
    [InlineData("POST", "/api/webhooks", """{"name":"hook2","accountId":"{account}","auth":"secret"}""")]
    [InlineData("PUT", "/api/webhooks/{webhook}", """{"name":"hook","accountId":"{account}","auth":"hmac"}""")]
    [InlineData("POST", "/api/webhooks/{webhook}/rotate", "{}")]
    [InlineData("POST", "/api/auth/manage/2fa", "{}")]
    public async Task CallThatGivesAccess_NeedsAConfirmation(string method, string path, string body)
    {
        using var user = await app.Visit().TakeTokensAsync();
        var account = await CreateAsync(user, "/api/accounts", new { name = "paper", exchange = "paper" });
        var webhook = await CreateAsync(
            user,
            "/api/webhooks",
            new
            {
                name = "hook",
                accountId = account,
                auth = "secret",
            }
        );
        await app.WaitForConfirmationsToEndAsync(user.Email);

        var refused = await SendAsync();
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden, await refused.Content.ReadAsStringAsync());
        ((string)(await Visitor.JsonOf(refused))["code"]!).ShouldBe("confirmation_required");

        (await user.Http.PostAsJsonAsync("/api/auth/confirm", new { password = "wrong horse battery" })).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await SendAsync()).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await user.Http.PostAsJsonAsync("/api/auth/confirm", new { Visitor.Password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync()).StatusCode.ShouldNotBe(HttpStatusCode.Forbidden);

        Task<HttpResponseMessage> SendAsync()
        {
            var text = body.Replace("{account}", account).Replace("{webhook}", webhook);
            var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{account}", account).Replace("{webhook}", webhook))
            {
                Content = new StringContent(text, null, "application/json"),
            };
            return user.Http.SendAsync(request);
        }
    }

    [Fact]
    public async Task CallThatGivesNoAccess_NeedsNone()
    {
        using var user = await app.Visit().TakeTokensAsync();
        var account = await CreateAsync(user, "/api/accounts", new { name = "paper", exchange = "paper" });
        var webhook = await CreateAsync(
            user,
            "/api/webhooks",
            new
            {
                name = "hook",
                accountId = account,
                auth = "secret",
            }
        );
        await app.WaitForConfirmationsToEndAsync(user.Email);

        await CreateAsync(user, "/api/accounts", new { name = "other", exchange = "paper" });
        var edited = await user.Http.PutAsJsonAsync($"/api/webhooks/{webhook}", new { name = "renamed", accountId = account });
        edited.StatusCode.ShouldBe(HttpStatusCode.OK, await edited.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ChangeMadeUponAProof_DoesNotMakeTheProofLastLonger()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        var id = await IdAsync(user);
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var proven = app.Clock.GetUtcNow().UtcDateTime.AddMinutes(-4);
        await db.Sessions.Where(s => s.UserId == id).ExecuteUpdateAsync(u => u.SetProperty(s => s.ConfirmedAt, proven));

        await TwoFactorTests.TurnOnAsync(user);

        var sessions = await db.Sessions.AsNoTracking().Where(s => s.UserId == id).OrderBy(s => s.Id).ToListAsync();
        sessions.Select(s => s.EndedAt is null).ShouldBe([false, true]);
        sessions[1].ConfirmedAt.ShouldBe(proven, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task PasskeyRemoved_EndsEveryOtherSession()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        using var key = new SoftPasskey();
        await key.AddToAsync(user);
        using var lost = app.Visit();
        await key.SignInAsync(lost);
        (await lost.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
        var page = await Visitor.DocumentOf(await user.Http.GetAsync("/account/security"));
        var edit = page.QuerySelector(".passkeys a")!.GetAttribute("href")!;

        await user.SubmitAsync($"/{edit}", "delete-passkey");

        (await lost.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
        (await PasskeysAsync(user)).ShouldBe(0);
    }

    [Fact]
    public async Task RefreshedToken_IsNoProof()
    {
        using var user = await app.Visit().TakeTokensAsync();
        await app.WaitForConfirmationsToEndAsync(user.Email);

        user.Carry(await Visitor.JsonOf(await user.Http.PostAsJsonAsync("/api/auth/refresh", new { refreshToken = user.RefreshToken })));

        (await user.Http.PostAsJsonAsync("/api/auth/manage/2fa", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task PasswordChange_EndsCopiesOfThisVeryCookieAndDropsPasskeysWhenAsked()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        using var key = new SoftPasskey();
        await key.AddToAsync(user);
        using var thief = user.Copy();

        var changed = await user.SubmitAsync(
            "/account/profile/password",
            "password",
            ("Input.Current", Visitor.Password),
            ("Input.New", "another horse battery"),
            ("Input.DropPasskeys", "true")
        );

        user.GoesTo(changed).ShouldBe("/account/profile?done=PasswordChanged");
        (await thief.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
        (await PasskeysAsync(user)).ShouldBe(0);
        using var later = app.Visit();
        await key.SignInAsync(later);
        (await later.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Passkey_SignsInByAHandleThatIsNotTheUserId()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        using var key = new SoftPasskey();
        await key.AddToAsync(user);
        var id = await IdAsync(user);

        key.UserHandle.ShouldNotContain(id.ToString());
        key.UserHandle.ShouldNotContain(id.ToString("N"));
        using var later = app.Visit();
        later.GoesTo(await key.SignInAsync(later)).ShouldBe("/");

        // As passkeys of earlier versions have it.
        key.UserHandle = id.ToString();
        using var older = app.Visit();
        older.GoesTo(await key.SignInAsync(older)).ShouldBe("/");
    }

    [Fact]
    public async Task Pages_NeverShowTheUserId()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        var id = await IdAsync(user);
        string[] pages =
        [
            "/",
            "/signals",
            "/orders",
            "/positions",
            "/balances",
            "/accounts",
            "/webhooks",
            "/webhooks/new",
            "/risk",
            "/alarms",
            "/account/profile",
            "/account/security",
            "/account/security/sessions",
            "/account/security/authenticator",
            NewPasskey,
            "/account/confirm",
            "/account/profile/delete",
            "/account/profile/password",
            "/api/auth/sessions",
            "/api/auth/manage/info",
        ];

        foreach (var page in pages)
        {
            var text = await user.Http.GetStringAsync(page);
            text.ShouldNotContain(id.ToString(), Case.Insensitive, page);
            text.ShouldNotContain(id.ToString("N"), Case.Insensitive, page);
        }
    }

    private Visitor Mixed(Visitor session, Visitor rest)
    {
        const string Session = "exengine.session";
        var mixed = rest.Copy(c => c.Name != Session);
        var stolen = session.Cookies.Single(c => c.Name == Session);
        mixed.Take(new Cookie(stolen.Name, stolen.Value, stolen.Path, stolen.Domain));
        mixed.Http.DefaultRequestHeaders.Add("Origin", app.Address.GetLeftPart(UriPartial.Authority));
        return mixed;
    }

    private static Task<HttpResponseMessage> ConfirmAsync(Visitor user) =>
        user.SubmitAsync("/account/confirm", "confirm", ("Password.Text", Visitor.Password));

    private static async Task<HttpResponseMessage> ByPasskeyAsync(Visitor user, SoftPasskey key)
    {
        var options = (await SoftPasskey.OptionsAsync(user, "/account/confirm", "request")).ShouldNotBeNull();
        return await PostAsync(
            user,
            "/account/confirm/proof",
            await user.AntiforgeryAsync("/account/confirm"),
            ("Credential", key.Sign(user, options))
        );
    }

    private static Task<HttpResponseMessage> PostAsync(
        Visitor user,
        string path,
        string token,
        params (string Name, string Value)[] fields
    ) =>
        user.Http.PostAsync(
            path,
            new FormUrlEncodedContent(
                fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))
            )
        );

    private static async Task<string> CreateAsync(Visitor user, string path, object body)
    {
        var answer = await user.Http.PostAsJsonAsync(path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (string)(await Visitor.JsonOf(answer))["id"]!;
    }

    private async Task<Guid> IdAsync(Visitor user)
    {
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return await db.Users.Where(u => u.Email == user.Email).Select(u => u.Id).SingleAsync();
    }

    private async Task<int> PasskeysAsync(Visitor user)
    {
        var id = await IdAsync(user);
        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        return await db.UserPasskeys.CountAsync(p => p.UserId == id);
    }
}
