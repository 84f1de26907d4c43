using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages;

/// <summary>Accounts and webhooks as a person meets them, in Chromium.</summary>
[NeedsServer]
public sealed class DoorPagesTests(Browser browser) : IAsyncDisposable
{
    private readonly BrowserApp _app = new(browser);

    [Theory]
    [MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task AccountThenWebhookThenTestAlert_ByMouseAndKeyboard(Look look)
    {
        await using var reader = await _app.SignInAsync(look);
        var page = reader.Page;

        await reader.OpenAsync("/accounts");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Pa");
        await page.GetByLabel("Name").BlurAsync();
        await Expect(page.Locator("#account-name-note")).ToContainTextAsync("A name has 3 to 64 characters.");
        await page.GetByLabel("Name").FillAsync("PAPER");
        await Expect(page.Locator("#account-name-note")).ToContainTextAsync("already have an account named PAPER");
        await page.GetByLabel("Name").FillAsync("Practice");
        await Expect(page.Locator("#account-name-note .field-error")).ToHaveCountAsync(0);
        await ShowsWellAsync(reader, "accounts-form");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add account" }).Last.ClickAsync();
        await Expect(page.GetByText("Practice")).ToBeVisibleAsync();
        await ShowsWellAsync(reader, "accounts");

        await reader.OpenAsync("/webhooks/new");
        await page.GetByLabel("Name").FillAsync("From my script");
        await page.GetByLabel("Sender").SelectOptionAsync("Other");
        await page.GetByLabel("Authentication").SelectOptionAsync("Hmac");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create webhook" }).ClickAsync();
        await Expect(page.GetByText("Copy them now")).ToBeVisibleAsync();
        var url = await page.Locator("pre[aria-label='URL']").InnerTextAsync();
        await Expect(page.GetByText("X-Hub-Signature-256: sha256=").First).ToBeVisibleAsync();
        await Expect(page.GetByText("Only the allowed addresses are heard")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send test alert" }).ClickAsync();
        await Expect(page.GetByText("202 accepted")).ToBeVisibleAsync();
        await Expect(page.Locator("dt:has-text('Checked') + dd")).ToHaveTextAsync("1");
        await ShowsWellAsync(reader, "webhook");

        await page.ReloadAsync();
        await Expect(page.GetByText("rotate to get a new one")).ToBeVisibleAsync();
        // What is pressed before the circuit is there is lost.
        await Expect(page.Locator(".connection[data-interactive=yes]")).ToBeAttachedAsync();
        await Expect(page.GetByText("Copy them now")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the address" }).ClickAsync();
        await Expect(page.Locator("pre[aria-label='URL']")).ToHaveTextAsync(url);
        await Expect(page.Locator("pre[aria-label='Secret']")).ToHaveCountAsync(0);

        await reader.OpenAsync("/webhooks");
        await Expect(page.GetByText("From my script")).ToBeVisibleAsync();
        await ShowsWellAsync(reader, "webhooks");
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task WebhookForTradingViewAlone_SaysWhyAShellIsTurnedAway()
    {
        _app.App["PublicUrl"] = "https://trade.example.org";
        await using var reader = await _app.SignInAsync(Look.WideLight);
        await reader.OpenAsync("/webhooks/new");
        await reader.Page.GetByLabel("Name").FillAsync("From TradingView");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Create webhook" }).ClickAsync();

        await Expect(reader.Page.GetByText("Only the allowed addresses are heard")).ToBeVisibleAsync();
    }

    private static async Task ShowsWellAsync(Reader reader, string name)
    {
        await reader.ShotAsync(name, whole: true);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
