using ExEngine.Core.Data;
using ExEngine.Tests.Mail;
using ExEngine.Tests.Support;
using ExEngine.Web.Users.Invitations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Users;

/// <summary>The operator's page, and how people come in, in a real browser.</summary>
[NeedsServer]
public sealed class OperatorPageTests(Browser browser) : IAsyncDisposable
{
    private readonly MailServer _mail = new();
    private readonly AppFactory _app = new() { ["Users:HashMemoryKib"] = "1024", ["Users:Registration"] = "Invite" };

    [Fact]
    public async Task Operator_InvitesDisablesAndEnables()
    {
        await using var reader = await VisitAsync(Look.PhoneLight);
        var page = reader.Page;
        await page.GotoAsync("/account/register");
        await page.Locator("text=You are the first here").WaitForAsync();
        await RegisterAsync(page, "operator@example.org");
        await reader.OpenAsync("/operator/users");
        await page.Locator("text=No invitation waits").WaitForAsync();
        await LookAtAsync(reader, "operator-users-alone");

        await page.ClickAsync("text=Invite >> nth=0");
        await page.FillAsync("#invite-email", "no address");
        await page.ClickAsync("text=Make the link");
        await page.Locator("#invite-email-note", new() { HasText = "Enter an e-mail address" }).WaitForAsync();
        await page.FillAsync("#invite-email", "guest@example.org");
        await page.ClickAsync("text=Make the link");
        var link = (await page.Locator(".code-block pre").TextContentAsync())!;
        await LookAtAsync(reader, "operator-invitation");
        await page.ClickAsync(".mud-dialog >> text=Done");
        await page.Locator(".invitations", new() { HasText = "guest@example.org" }).WaitForAsync();

        await using var guest = await VisitAsync(Look.WideDark);
        await guest.Page.GotoAsync(new Uri(link).PathAndQuery);
        await LookAtAsync(guest, "register-invited");
        await guest.Page.FillAsync("#input-password", Visitor.Password);
        await guest.Page.ClickAsync("text=Create account");
        await guest.Page.WaitForURLAsync(address => new Uri(address).AbsolutePath == "/");
        (await guest.Page.Locator("nav a[href='operator/users']").CountAsync()).ShouldBe(0, "The place is the operator's.");
        await guest.OpenAsync("/operator/users");
        await guest.Page.Locator("text=The address does not exist").WaitForAsync();

        await reader.OpenAsync("/operator/users");
        await page.ClickAsync("[aria-label='Disable guest@example.org']");
        await page.Locator(".mud-dialog", new() { HasText = "what is held stays protected" }).WaitForAsync();
        await LookAtAsync(reader, "operator-disable");
        await page.ClickAsync(".mud-dialog >> text=Disable >> nth=-1");
        await page.Locator(".users", new() { HasText = "Disabled" }).WaitForAsync();
        await guest.Page.WaitForURLAsync("**/account/sign-in**");
        await LookAtAsync(reader, "operator-users-disabled");
        await page.ClickAsync("[aria-label='Enable guest@example.org']");
        await page.Locator("[aria-label='Disable guest@example.org']").WaitForAsync();

        await page.ClickAsync("[aria-label='Disable operator@example.org']");
        await page.ClickAsync(".mud-dialog >> text=Disable >> nth=-1");
        await page.Locator("text=The only operator stays").WaitForAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task OldProof_IsAskedForBeforeALinkIsMade()
    {
        await using var reader = await VisitAsync(Look.WideLight);
        var page = reader.Page;
        await page.GotoAsync("/account/register");
        await RegisterAsync(page, "operator@example.org");
        await using (var db = await _app.Get<IDbContextFactory<AppDb>>().CreateDbContextAsync())
        {
            await db.Sessions.ExecuteUpdateAsync(u => u.SetProperty(s => s.ConfirmedAt, s => s.CreatedAt.AddHours(-1)));
        }

        await reader.OpenAsync("/operator/users");
        await page.ClickAsync("text=Invite >> nth=0");
        await page.ClickAsync("text=Make the link");
        await page.ClickAsync(".proof >> text=Cancel");
        await page.Locator(".proof").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.ClickAsync(".mud-dialog >> text=Cancel");
        await page.ClickAsync("[aria-label='Reset link for operator@example.org']");
        await page.ClickAsync(".proof >> text=Cancel");
        await page.Locator(".proof").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await page.Locator(".code-block").CountAsync()).ShouldBe(0);
        await page.ClickAsync("[aria-label='Reset link for operator@example.org']");
        await page.FillAsync("#proof-password", Visitor.Password);
        await page.ClickAsync(".proof >> text=Go on");
        await page.Locator(".code-block pre", new() { HasText = "/account/reset?" }).WaitForAsync();
        await LookAtAsync(reader, "operator-reset-link");
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task DoorsOfStrangers_AreAccessibleAndFitTheScreen()
    {
        _app["Mail:Host"] = "127.0.0.1";
        _app["Mail:Port"] = _mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _app["Mail:Security"] = "None";
        _app["Mail:From"] = "trade@example.org";
        _app["PublicUrl"] = "https://trade.example";
        await SignalRows.NewAsync(_app);
        var (_, token) = await _app.Get<InvitationStore>().MakeAsync(null, "guest@example.org", CancellationToken.None);
        await using var reader = await VisitAsync(Look.PhoneDark);
        foreach (
            var (name, address) in new[]
            {
                ("register-without", "/account/register"),
                ("register-invited", $"/account/register?invitation={token}"),
                ("register-used", "/account/register?invitation=used"),
                ("sign-in-invite", "/account/sign-in"),
                ("forgot", "/account/forgot"),
            }
        )
        {
            await reader.Page.GotoAsync(address);
            await LookAtAsync(reader, name);
        }

        await reader.Page.FillAsync("#input-email", "somebody@example.org");
        await reader.Page.ClickAsync("text=Send the link");
        await reader.Page.Locator("text=is on its way").WaitForAsync();
        await LookAtAsync(reader, "forgot-asked");
        reader.Complaints.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _mail.DisposeAsync();
    }

    private async Task<Reader> VisitAsync(Look look)
    {
        Need.Chromium();
        return await Reader.StartAsync(await browser.OpenAsync(_app.Address, look), null, look);
    }

    private static async Task RegisterAsync(IPage page, string email)
    {
        await page.FillAsync("#input-email", email);
        await page.FillAsync("#input-password", Visitor.Password);
        await page.ClickAsync("text=Create account");
        await page.WaitForURLAsync(address => new Uri(address).AbsolutePath == "/");
    }

    private static async Task LookAtAsync(Reader reader, string name)
    {
        await reader.ShotAsync(name, whole: true);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
