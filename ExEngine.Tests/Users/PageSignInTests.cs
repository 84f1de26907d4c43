using System.Net;
using ExEngine.Tests.Support;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

[Collection(nameof(UsersApp))]
[NeedsServer]
public sealed class PageSignInTests(UsersApp app)
{
    [Fact]
    public async Task NewUser_RegistersAndLandsSignedInOnTheDashboard()
    {
        using var user = app.Visit();

        var answer = await user.RegisterByPageAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        user.GoesTo(answer).ShouldBe("/");
        (await user.Http.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SessionCookie_IsHiddenFromScriptsAndOtherSites()
    {
        using var user = app.Visit();

        var answer = await user.RegisterByPageAsync();

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("exengine.session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
    }

    [Fact]
    public async Task BadRegistration_SaysSoBesideTheField()
    {
        using var user = app.Visit();

        var answer = await user.RegisterByPageAsync("passwordpassword");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await Visitor.DocumentOf(answer);
        page.QuerySelector("#input-password-error")!.TextContent.ShouldContain("among the first that are guessed");
        page.QuerySelector("#input-email-error")!.TextContent.ShouldBeEmpty();
        page.QuerySelector("#input-email")!.GetAttribute("value").ShouldBe(user.Email);
        page.QuerySelector("#input-password")!.GetAttribute("value").ShouldBeNull();
    }

    [Fact]
    public async Task UnknownUserAndWrongPassword_GetTheSamePageForTheSameWork()
    {
        using var known = app.Visit();
        await known.RegisterByApiAsync();
        using var unknown = app.Visit();

        for (var attempt = 1; attempt <= 7; attempt++)
        {
            var wrong = await Refused(known);
            (await Refused(unknown)).ShouldBe(wrong, $"attempt {attempt}");
            wrong.Hashed.ShouldBe(attempt <= 5 ? 1 : 0);
            wrong.Text.ShouldContain(attempt <= 5 ? "The e-mail address or the password is wrong." : "Try again in 5 minutes.");
        }
    }

    [Theory]
    [InlineData("/signals?status=refused", "/signals?status=refused")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/\t/evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task ReturnUrl_LeadsOnlyToThisSite(string returnUrl, string expected)
    {
        using var user = app.Visit();
        await user.RegisterByApiAsync();

        var answer = await user.SignInByPageAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        user.GoesTo(answer).ShouldBe(expected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StayingSignedIn_DecidesWhetherTheCookieOutlivesTheBrowser(bool stay)
    {
        using var user = app.Visit();
        await user.RegisterByApiAsync();

        var answer = await user.SubmitAsync(
            "/account/sign-in",
            "sign-in",
            ("Input.Email", user.Email),
            ("Input.Password", Visitor.Password),
            ("Input.Stay", stay ? "true" : "false")
        );

        answer
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("exengine.session=", StringComparison.Ordinal))
            .Contains("expires=", StringComparison.Ordinal)
            .ShouldBe(stay);
    }

    [Fact]
    public async Task SignedOut_CookieIsGone()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();

        var answer = await user.SubmitAsync("/account/profile", "account/sign-out");

        user.GoesTo(answer).ShouldBe("/account/sign-in");
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task FormWithoutItsToken_IsRefused()
    {
        using var user = app.Visit();
        await user.RegisterByPageAsync();

        var answer = await user.Http.PostAsync("/account/sign-out", new FormUrlEncodedContent([]));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await user.WhoAmIAsync()).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<(HttpStatusCode Status, string Text, int Hashed)> Refused(Visitor visitor)
    {
        var before = app.Hasher.Verified;
        var answer = await visitor.SignInByPageAsync(password: "wrong horse battery");
        var text = (await Visitor.DocumentOf(answer)).QuerySelector("main")!.TextContent;
        return (answer.StatusCode, text, app.Hasher.Verified - before);
    }
}
