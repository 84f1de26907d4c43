using ExEngine.Core.Data;
using ExEngine.Tests.Support;
using ExEngine.Web.Users.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

/// <summary>The account pages in a real browser, passkeys included: Chromium's virtual authenticator answers for a device.</summary>
[NeedsServer]
public sealed class AccountPagesTests(Browser browser) : IAsyncDisposable
{
    private readonly AppFactory _app = new() { ["Users:HashMemoryKib"] = "1024", ["Users:RevalidateSeconds"] = "1" };

    [Theory]
    [MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task EveryAccountPage_IsAccessibleAndFitsTheScreen(Look look)
    {
        await using var reader = await VisitAsync(look);
        var page = reader.Page;
        await page.GotoAsync("/account/sign-in");
        await LookAtAsync(reader, "account-sign-in");

        await page.GotoAsync("/account/register");
        await page.FillAsync("#input-email", "not-an-address");
        await page.FillAsync("#input-password", "short");
        await page.Locator("#input-email").FocusAsync();
        await page.Locator("#input-email").BlurAsync();
        await page.Locator("#input-email-error", new() { HasText = "Enter an e-mail address" }).WaitForAsync();
        await LookAtAsync(reader, "account-register");

        await RegisterAsync(page);
        foreach (
            var name in new[]
            {
                "profile",
                "profile/password",
                "profile/delete",
                "security",
                "security/sessions",
                "security/passkeys/new",
                "confirm",
            }
        )
        {
            await page.GotoAsync($"/account/{name}");
            await LookAtAsync(reader, $"account-{name.Replace('/', '-')}");
        }

        await page.GotoAsync("/account/security/authenticator");
        await LookAtAsync(reader, "account-authenticator");
        var key = (await page.TextContentAsync("#authenticator-key"))!.Replace(" ", "");
        await page.FillAsync("#input-code", Totp.Now(key));
        await page.ClickAsync("text=Turn on");
        await page.WaitForSelectorAsync("#recovery-codes");
        await LookAtAsync(reader, "account-recovery-codes");
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Passkey_IsAddedRenamedUsedAndDeleted()
    {
        await using var reader = await VisitAsync(Look.PhoneDark);
        var page = reader.Page;
        await AddAuthenticatorAsync(page);
        await RegisterAsync(page);

        await ForgetProofsAsync();
        await page.GotoAsync("/account/security");
        await page.ClickAsync("text=Add a passkey");
        await page.WaitForURLAsync("**/account/confirm?**");
        await page.FillAsync("#password-text", "wrong horse battery");
        await page.ClickAsync("text=Go on");
        await page.Locator("#password-text-error", new() { HasText = "The password is wrong." }).WaitForAsync();
        await page.FillAsync("#password-text", Visitor.Password);
        await page.ClickAsync("text=Go on");
        await page.ClickAsync("text=Make the passkey");
        await page.WaitForURLAsync("**/account/security/passkeys/**");
        await page.FillAsync("#input-name", "Old phone");
        await page.ClickAsync("text=Rename");
        await page.Locator(".passkey-name", new() { HasText = "Old phone" }).WaitForAsync();

        await page.ClickAsync("text=Sign out >> nth=0");
        await page.WaitForURLAsync("**/account/sign-in");
        await page.ClickAsync("text=Sign in with a passkey");
        await page.WaitForURLAsync(address => new Uri(address).AbsolutePath == "/");

        await ForgetProofsAsync();
        await page.GotoAsync("/account/security");
        await page.ClickAsync("[aria-label='Edit Old phone']");
        await page.ClickAsync("text=Use a passkey");
        await page.ClickAsync("text=Delete passkey");
        await page.Locator("[role=status]", new() { HasText = "Passkey deleted." }).WaitForAsync();
        (await page.Locator(".passkey-name").CountAsync()).ShouldBe(0);
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task OpenPageThatGivesAccess_AsksInADialogAndGoesOn(Look look)
    {
        await using var reader = await VisitAsync(look);
        var page = reader.Page;
        await AddAuthenticatorAsync(page);
        await RegisterAsync(page);
        await page.GotoAsync("/account/security/passkeys/new");
        await page.ClickAsync("text=Make the passkey");
        await page.WaitForURLAsync("**done=PasskeyAdded");
        await reader.OpenAsync("/accounts");
        await page.ClickAsync("text=Add account");
        await page.FillAsync("#account-name", "Paper one");
        await page.ClickAsync("form >> text=Add account");
        await page.Locator("table.accounts").WaitForAsync();

        await ForgetProofsAsync();
        await reader.OpenAsync("/webhooks/new");
        await page.FillAsync("#webhook-name", "First");
        await page.ClickAsync("text=Create webhook");
        await page.FillAsync("#proof-password", "wrong horse battery");
        await page.ClickAsync(".proof >> text=Go on");
        await page.Locator(".proof [role=alert]", new() { HasText = "The password is wrong." }).WaitForAsync();
        await LookAtAsync(reader, "proof-dialog");
        await page.FillAsync("#proof-password", Visitor.Password);
        await page.ClickAsync(".proof >> text=Go on");
        await page.Locator("text=Copy them now").WaitForAsync();
        var first = await page.Locator(".code-block pre").First.TextContentAsync();

        // Cancelled, nothing happens; with the passkey it goes on.
        await ForgetProofsAsync();
        await page.ClickAsync("text=Rotate >> nth=-1");
        await page.ClickAsync(".mud-dialog >> text=Rotate >> nth=-1");
        await page.ClickAsync(".proof >> text=Cancel");
        await page.Locator(".proof").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await page.Locator(".code-block pre").First.TextContentAsync()).ShouldBe(first);
        await page.ClickAsync("text=Rotate >> nth=-1");
        await page.ClickAsync(".mud-dialog >> text=Rotate >> nth=-1");
        await page.ClickAsync(".proof >> text=Use a passkey");
        await page.Locator("text=The former URL and secret work").WaitForAsync();

        // Over a form that is a dialog itself.
        await ForgetProofsAsync();
        await page.ClickAsync(".toolbar >> text=Edit");
        await page.SelectOptionAsync("#webhook-sender", "Other");
        await page.SelectOptionAsync("#webhook-auth", "Hmac");
        await page.ClickAsync("text=Save changes");
        await page.FillAsync("#proof-password", Visitor.Password);
        await page.ClickAsync(".proof >> text=Go on");
        await page.Locator(".mud-dialog").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator("dd", new() { HasText = "HMAC" }).First.WaitForAsync();

        // The browser notes the refusal of the wrong password.
        reader.Complaints.ShouldHaveSingleItem().ShouldContain("account/confirm/proof");
    }

    [Fact]
    public async Task OpenPage_EndsWithinSecondsOfItsSignOut()
    {
        _app["Users:RevalidateSeconds"] = "30";
        await using var reader = await VisitAsync(Look.WideDark);
        await RegisterAsync(reader.Page);
        await reader.OpenAsync("/");
        await using (var db = await _app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync())
        {
            var session = await db.Sessions.SingleAsync();
            await _app.Get<SessionStore>().EndAsync(session.UserId, session.Id, CancellationToken.None);
        }

        await reader.Page.WaitForURLAsync("**/account/sign-in**", new() { Timeout = 10_000 });
    }

    [Fact]
    public async Task OpenPage_LosesItsRightsSoonAfterSigningOutEverywhere()
    {
        await using var reader = await VisitAsync(Look.WideDark);
        await RegisterAsync(reader.Page);
        await reader.OpenAsync("/");

        var other = await reader.Page.Context.NewPageAsync();
        await other.GotoAsync("/account/security");
        await other.ClickAsync("text=Sign out everywhere");
        await other.Locator("[role=status]", new() { HasText = "You are signed out on every device" }).WaitForAsync();

        // Nobody touches the open page; its circuit finds out by itself.
        await reader.Page.WaitForURLAsync("**/account/sign-in**");
    }

    private async Task ForgetProofsAsync()
    {
        await using var db = await _app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync();
        await db.Sessions.ExecuteUpdateAsync(u => u.SetProperty(s => s.ConfirmedAt, s => s.CreatedAt.AddHours(-1)));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Browsers refuse passkeys on an IP address.
    private async Task<Reader> VisitAsync(Look look)
    {
        Need.Chromium();
        return await Reader.StartAsync(await browser.OpenAsync(new Uri($"http://localhost:{_app.Address.Port}/"), look), null, look);
    }

    private static async Task RegisterAsync(IPage page)
    {
        await page.GotoAsync("/account/register");
        await page.FillAsync("#input-email", $"{Guid.NewGuid():N}@example.com");
        await page.FillAsync("#input-password", Visitor.Password);
        await page.Locator("password-strength output", new() { HasText = "Very strong" }).WaitForAsync();
        await page.ClickAsync("text=Create account");
        await page.WaitForURLAsync(address => new Uri(address).AbsolutePath == "/");
    }

    private static async Task LookAtAsync(Reader reader, string name)
    {
        await reader.ShotAsync(name, whole: true);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new
                {
                    protocol = "ctap2",
                    transport = "internal",
                    hasResidentKey = true,
                    hasUserVerification = true,
                    isUserVerified = true,
                    automaticPresenceSimulation = true,
                },
            }
        );
    }
}
