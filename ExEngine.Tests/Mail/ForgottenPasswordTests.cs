using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using ExEngine.Tests.Users;
using ExEngine.Web.Users.Commands;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Mail;

/// <summary>Links by mail, through a real SMTP conversation.</summary>
[NeedsServer]
public sealed partial class ForgottenPasswordTests : IAsyncLifetime
{
    private const string Another = "quite another phrase 9";

    private readonly MailServer _mail = new();
    private readonly OperatedApp _app = new();

    public ValueTask InitializeAsync()
    {
        _app.App["Mail:Host"] = "127.0.0.1";
        _app.App["Mail:Port"] = _mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _app.App["Mail:Security"] = "None";
        _app.App["Mail:From"] = "Execution Engine <trade@example.org>";
        _app.App["PublicUrl"] = "https://trade.example";
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Forgotten_IsSetAnewByTheLinkInTheMail()
    {
        using var owner = await _app.UserAsync();
        using var browser = new Visitor(_app.App.Address) { Email = owner.Email };

        await AskAsync(browser, $" {owner.Email.ToUpperInvariant()} ");
        var letter = await _mail.NextAsync();
        var link = Link().Match(letter.TextBody!).Groups[1].Value;
        var set = await browser.SubmitAsync(link, "reset", ("Input.New", Another));

        letter.To.Mailboxes.Single().Address.ShouldBe(owner.Email, "As it was registered, not as it was typed.");
        letter.From.Mailboxes.Single().Name.ShouldBe("Execution Engine");
        browser.GoesTo(set).ShouldBe("/account/sign-in?done=PasswordReset");
        (await browser.SignInByApiAsync(Another)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await owner.WhoAmIAsync()).ShouldBe(HttpStatusCode.Unauthorized, "Every session has ended.");
        var again = await browser.SubmitAsync(link, "reset", ("Input.New", "the thief's own phrase 1"));
        (await again.Content.ReadAsStringAsync()).ShouldContain("used already");
    }

    [Fact]
    public async Task UnknownAndDisabledUsers_AreAnsweredAlikeAndMailedNothing()
    {
        using var owner = await _app.UserAsync();
        using var disabled = await _app.UserAsync();
        await _app.ActAsync(disabled, "disable");
        using var stranger = _app.Visit();

        var unknown = await AskAsync(stranger, "nobody@example.org");
        var shut = await AskAsync(stranger, disabled.Email);
        var known = await AskAsync(stranger, owner.Email);
        await _mail.NextAsync();

        unknown.ShouldBe(known);
        shut.ShouldBe(known);
        known.ShouldContain("If there is an account with this address");

        // They are written in turn, so that the others would have come before.
        _mail.Received.Select(m => m.To.Mailboxes.Single().Address).ShouldBe([owner.Email]);
    }

    [Fact]
    public async Task AskedForByAStranger_TheLinkLeadsHereWhateverTheRequestCallsThisServer()
    {
        using var owner = await _app.UserAsync();
        using var thief = _app.Visit();
        thief.Http.DefaultRequestHeaders.Host = "evil.example";

        await AskAsync(thief, owner.Email);

        var text = (await _mail.NextAsync()).TextBody!;
        text.ShouldContain("https://trade.example/account/reset?");
        text.ShouldNotContain("evil");
    }

    [Fact]
    public async Task AskedForTooOften_NoMoreIsMailed()
    {
        using var owner = await _app.UserAsync();
        using var other = await _app.UserAsync();
        using var pest = _app.Visit();

        for (var i = 0; i < 6; i++)
        {
            await AskAsync(pest, owner.Email);
        }

        await AskAsync(pest, other.Email);
        await _mail.NextAsync(4);
        _mail.Received.Select(m => m.To.Mailboxes.Single().Address).ShouldBe([owner.Email, owner.Email, owner.Email, other.Email]);
    }

    [Fact]
    public async Task Invitations_AreMailedFromThePageAndTheShell_AlsoWhenTheServerIsBusyAtFirst()
    {
        var me = await _app.OperatorAsync();
        using var guest = _app.Visit();
        _mail.Busy = 1;

        var made = await Visitor.JsonOf(await me.Http.PostAsJsonAsync("/api/operator/invitations", new { email = guest.Email }));
        var link = Link().Match((await _mail.NextAsync()).TextBody!).Groups[1].Value;
        var said = new StringWriter();
        (await UserCommands.RunAsync(_app.App.Services, ["users", "invite", "second@example.org"], said)).ShouldBe(0);

        ((bool)made["mailed"]!).ShouldBeTrue();
        guest.GoesTo(await guest.SubmitAsync(link, "register", ("Input.Password", Visitor.Password))).ShouldBe("/");
        said.ToString().ShouldContain("mailed to second@example.org");
        (await _mail.NextAsync(2)).To.Mailboxes.Single().Address.ShouldBe("second@example.org");
    }

    [Fact]
    public async Task WithoutMailServer_ThePageSaysWhoHelps()
    {
        await using var quiet = new OperatedApp();
        using var visitor = quiet.Visit();

        var page = await visitor.Http.GetStringAsync("/account/forgot");

        page.ShouldContain("users reset-password");
        page.ShouldNotContain("<form");
        (await visitor.Http.GetStringAsync("/account/sign-in")).ShouldContain("account/forgot");
    }

    private static async Task<string> AskAsync(Visitor visitor, string email)
    {
        var answer = await visitor.SubmitAsync("/account/forgot", "forgot", ("Input.Email", email));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await Visitor.DocumentOf(answer)).QuerySelector("main")!.InnerHtml;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [GeneratedRegex(@"https://trade\.example(/account/(?:reset|register)\S+)")]
    private static partial Regex Link();
}
