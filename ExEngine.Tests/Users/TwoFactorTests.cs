using System.Net;
using System.Net.Http.Json;
using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[Collection(nameof(UsersApp))]
[NeedsServer]
public sealed class TwoFactorTests(UsersApp app)
{
    [Fact]
    public async Task AuthenticatorSetUpOnThePage_IsAskedForAtTheNextSignIn()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        var (key, codes) = await TurnOnAsync(user);
        codes.Length.ShouldBe(10);
        await user.SignOutAsync();

        var password = await user.SignInByPageAsync();
        user.GoesTo(password).ShouldBe("/account/sign-in/code");
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);

        var wrong = await user.SubmitAsync("/account/sign-in/code", "code", ("Input.Code", "000000"));
        (await Visitor.DocumentOf(wrong)).QuerySelector("#input-code-error")!.TextContent.ShouldContain("The code is wrong");

        var code = Totp.Now(key);
        var right = await user.SubmitAsync("/account/sign-in/code", "code", ("Input.Code", $"{code[..3]} {code[3..]}"));
        user.GoesTo(right).ShouldBe("/");
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task CodeUsedTwice_IsRefusedTheSecondTime()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        var (key, _) = await TurnOnAsync(user);
        var code = Totp.Now(key);
        using var script = new Visitor(app.Address) { Email = user.Email };

        (await script.SignInByApiAsync(code: code)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await script.SignInByApiAsync(code: code)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("0{0}")]
    [InlineData("+{0}")]
    [InlineData("{0} 0")]
    [InlineData("")]
    public async Task CodeWrittenAnotherWay_IsRefused(string form)
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        var (key, _) = await TurnOnAsync(user);
        using var script = new Visitor(app.Address) { Email = user.Email };
        var code = Totp.Now(key);

        (await script.SignInByApiAsync(code: form.Replace("{0}", code))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await script.SignInByApiAsync(code: $" {code} ")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await script.SignInByApiAsync(code: form.Replace("{0}", code))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task RecoveryCode_WorksOnce()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        var (_, codes) = await TurnOnAsync(user);
        await user.SignOutAsync();

        await user.SignInByPageAsync();
        var first = await user.SubmitAsync("/account/sign-in/recovery", "recovery", ("Input.Code", codes[0].ToLowerInvariant()));
        await user.SignOutAsync();
        await user.SignInByPageAsync();
        var second = await user.SubmitAsync("/account/sign-in/recovery", "recovery", ("Input.Code", codes[0]));

        user.GoesTo(first).ShouldBe("/");
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Visitor.DocumentOf(second)).QuerySelector("#input-code-error")!.TextContent.ShouldContain("used already");
    }

    [Fact]
    public async Task NewRecoveryCodes_ReplaceTheOld()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        var (_, old) = await TurnOnAsync(user);

        var page = await Visitor.DocumentOf(await user.SubmitAsync("/account/security/recovery-codes", "new-codes"));
        var fresh = page.QuerySelector("#recovery-codes")!.TextContent.Split('\n');

        using var script = new Visitor(app.Address) { Email = user.Email };
        (await script.SignInByApiAsync(recoveryCode: old[0])).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await script.SignInByApiAsync(recoveryCode: fresh[0])).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task TurnedOff_AsksForNoCode()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        await TurnOnAsync(user);

        var right = await user.SubmitAsync("/account/security/authenticator", "turn-off");

        user.GoesTo(right).ShouldStartWith("/account/security?done=");
        await user.SignOutAsync();
        user.GoesTo(await user.SignInByPageAsync()).ShouldBe("/");
    }

    [Fact]
    public async Task AuthenticatorSetUpByApi_AsksForTheCode()
    {
        using var user = await app.Visit().TakeTokensAsync();
        var key = (string)(await Visitor.JsonOf(await user.Http.PostAsJsonAsync("/api/auth/manage/2fa", new { })))["sharedKey"]!;
        var on = await user.Http.PostAsJsonAsync("/api/auth/manage/2fa", new { enable = true, twoFactorCode = Totp.Now(key) });
        on.StatusCode.ShouldBe(HttpStatusCode.OK, await on.Content.ReadAsStringAsync());
        using var script = new Visitor(app.Address) { Email = user.Email };

        var without = await script.SignInByApiAsync();
        var with = await script.SignInByApiAsync(code: Totp.Now(key));

        without.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ((string)(await Visitor.JsonOf(without))["detail"]!).ShouldBe("RequiresTwoFactor");
        with.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SecondFactorByApi_NeedsAConfirmationOrThePasswordInTheRequest()
    {
        using var user = await app.Visit().TakeTokensAsync();
        var key = (string)(await Visitor.JsonOf(await AskAsync(new { })))["sharedKey"]!;
        (await AskAsync(new { enable = true, twoFactorCode = Totp.Now(key) })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await user.TakeTokensAsync(register: false, Totp.Now(key));
        await app.WaitForConfirmationsToEndAsync(user.Email);

        foreach (var change in new object[] { new { }, new { enable = false }, new { resetRecoveryCodes = true } })
        {
            var refused = await AskAsync(change);
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            ((string)(await Visitor.JsonOf(refused))["code"]!).ShouldBe("confirmation_required");
        }

        var wrong = await AskAsync(new { enable = false, password = "wrong horse battery" });
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Visitor.JsonOf(wrong))["errors"]!["password"].ShouldNotBeNull();

        (await AskAsync(new { enable = false, Visitor.Password })).StatusCode.ShouldBe(HttpStatusCode.OK);

        Task<HttpResponseMessage> AskAsync(object body) => user.Http.PostAsJsonAsync("/api/auth/manage/2fa", body);
    }

    [Fact]
    public async Task KeyAndCodes_AreSealedInTheDatabase()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();
        var (key, codes) = await TurnOnAsync(user);

        await using var db = await app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        var id = await db.Users.Where(u => u.Email == user.Email).Select(u => u.Id).SingleAsync();
        var stored = await db.UserTokens.Where(t => t.UserId == id).Select(t => t.Value).ToListAsync();

        stored.Count.ShouldBe(2);
        stored.ShouldAllBe(value => !value!.Contains(key) && !value.Contains(codes[0]));
    }

    internal static async Task<(string Key, string[] Codes)> TurnOnAsync(Visitor user)
    {
        const string Page = "/account/security/authenticator";
        var setUp = await Visitor.DocumentOf(await user.Http.GetAsync(Page));
        var key = setUp.QuerySelector("#authenticator-key")!.TextContent.Replace(" ", "");
        setUp.QuerySelector(".qr svg").ShouldNotBeNull();
        var done = await Visitor.DocumentOf(await user.SubmitAsync(Page, "turn-on", ("Input.Code", Totp.Now(key))));
        var codes = done.QuerySelector("#recovery-codes").ShouldNotBeNull(done.QuerySelector("main")!.TextContent);
        return (key, codes.TextContent.Split('\n'));
    }
}
