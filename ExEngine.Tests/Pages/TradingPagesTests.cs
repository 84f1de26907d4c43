using System.Text.RegularExpressions;
using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages;

/// <summary>A person trades by hand on paper, with the engine running: from the ticket to the closed position.</summary>
[NeedsServer]
public sealed class TradingPagesTests : IClassFixture<BrowserApp>
{
    private readonly BrowserApp _app;

    public TradingPagesTests(BrowserApp app)
    {
        app.App["Execution:Enabled"] = "true";
        _app = app;
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task BuyProtectAndClose_ByHand(Look look)
    {
        await using var reader = await _app.SignInAsync(look);
        var page = reader.Page;
        await reader.OpenAsync("/orders");
        await page.GetByRole(AriaRole.Button, new() { Name = "Place an order" }).ClickAsync();
        var dialog = page.Locator(".mud-dialog");
        await Expect(dialog.Locator(":focus")).ToHaveCountAsync(1);
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Symbol" }).PressSequentiallyAsync("btc");
        await reader.ShotAsync("ticket-search");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.Locator("#ticket-symbol-note")).ToContainTextAsync("Last ");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "25 %" }).ClickAsync();
        await Expect(dialog.Locator(".summary")).ToContainTextAsync("Buy 0.0");
        await KeepAsync(reader, "ticket");
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Buy 0.0[0-9]+ BTC$") }).ClickAsync();

        await Expect(page.Locator(".drawer .verdict-words")).ToContainTextAsync("Bought 0.0", new() { Timeout = 5000 });
        await reader.OpenAsync("/positions");
        await page.Locator(".positions .row-link").ClickAsync();
        await Expect(page.Locator(".price-chart canvas").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await Expect(dialog.Locator("#stop-percent")).ToHaveValueAsync("2");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a target" }).ClickAsync();
        await dialog.Locator("#target-0").FillAsync("10");
        await dialog.Locator("#share-0").FillAsync("50");
        await KeepAsync(reader, "protection");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save protection" }).ClickAsync();
        await Expect(page.GetByText("Target 10 % above the entry, 50 % of it")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "50 %", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close 50 %" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync(new Regex(@"Sell 0\.0\d+ BTC at market, about 1,2\d\d\.\d\d USDT\."));
        await KeepAsync(reader, "close");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Sell at market" }).ClickAsync();
        await Expect(page.Locator(".fills tbody tr")).ToHaveCountAsync(2, new() { Timeout = 5000 });
        await KeepAsync(reader, "position-traded", whole: true);
        reader.Complaints.ShouldBeEmpty();
    }

    private static async Task KeepAsync(Reader reader, string name, bool whole = false)
    {
        await reader.ShotAsync(name, whole);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
