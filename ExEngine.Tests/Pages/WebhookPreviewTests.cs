using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages;

/// <summary>A sender's own format, mapped and tried in the webhook form, in Chromium.</summary>
[NeedsServer]
public sealed class WebhookPreviewTests(Browser browser) : IAsyncDisposable
{
    private readonly BrowserApp _app = new(browser);

    [Theory]
    [MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task CustomMap_IsTriedAsItIsTypedAndReadsTheNextAlert(Look look)
    {
        await using var reader = await _app.SignInAsync(look);
        var page = reader.Page;
        await reader.OpenAsync("/webhooks/new");
        await page.GetByLabel("Name").FillAsync("Own format");
        await page.GetByLabel("Message format").SelectOptionAsync("custom");

        await page.GetByLabel("A message to try")
            .FillAsync("""{"data":{"pair":"BTCUSDT","n":"0.0010"},"side":"Long","sl":2,"note":"kept"}""");
        await Expect(page.Locator(".preview")).ToContainTextAsync("6 things are wrong with it.");
        await Expect(page.Locator(".preview")).ToContainTextAsync("action ($.action) is missing");
        await page.EvaluateAsync("scrollTo(0, 0)");
        await reader.ShotAsync("webhook-map-errors", whole: true);

        await page.GetByLabel("Path or constant of Symbol").FillAsync("$.data.pair");
        await page.GetByLabel("Path or constant of Action").FillAsync("$.side");
        await page.GetByLabel("Path or constant of Quantity, in base").FillAsync("$.data.n");
        await Expect(page.Locator(".preview dt:has-text('Quantity') + dd")).ToHaveTextAsync("0.0010");
        await page.GetByLabel("Words of Action").FillAsync("Long");
        await page.GetByLabel("Words of Action").BlurAsync();
        await Expect(page.Locator("#webhook-map-note")).ToContainTextAsync("write them like {\"long\":\"buy\"}");
        await page.GetByLabel("Words of Action").FillAsync("Long=sell");
        await Expect(page.Locator(".preview dt:has-text('Action') + dd")).ToHaveTextAsync("sell");
        await page.GetByLabel("Words of Action").FillAsync("Long=buy");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a field" }).ClickAsync();
        await page.GetByLabel("Field 4").SelectOptionAsync("stopLoss.percent");
        await page.GetByLabel("Path or constant of Stop-loss: percent").FillAsync("$.sl");
        await Expect(page.Locator(".preview dt:has-text('Stop loss, percent') + dd")).ToHaveTextAsync("2");
        await Expect(page.Locator(".preview dt:has-text('Action') + dd")).ToHaveTextAsync("buy");
        await Expect(page.Locator(".preview")).ToContainTextAsync("Every number that it states fits the market's rules.");
        (await page.Locator("#map-paths option").EvaluateAllAsync<string[]>("options => options.map(o => o.value)")).ShouldBe([
            "$.data.pair",
            "$.data.n",
            "$.side",
            "$.sl",
            "$.note",
        ]);
        await page.EvaluateAsync("scrollTo(0, 0)");
        await reader.ShotAsync("webhook-map", whole: true);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();

        await page.GetByLabel("Sender").SelectOptionAsync("Other");
        await page.GetByLabel("Authentication").SelectOptionAsync("Secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create webhook" }).ClickAsync();
        await Expect(page.GetByText("Copy them now")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send test alert" }).ClickAsync();
        await Expect(page.GetByText("202 accepted")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).First.ClickAsync();
        await Expect(page.GetByLabel("Path or constant of Symbol")).ToHaveValueAsync("$.data.pair");
        await Expect(page.GetByLabel("Words of Action")).ToHaveValueAsync("Long=buy");
        reader.Complaints.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
