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
        var dialog = page.Locator(".rz-dialog");
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
        await dialog.Locator("#target-0").FillAsync("1 0");
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

    [Fact]
    public async Task Ticket_RefusesRoundsAndStepsAsItIsTyped()
    {
        await using var reader = await _app.SignInAsync(Look.WideLight);
        var page = reader.Page;
        await reader.OpenAsync("/orders/new?symbol=BTC/USDT&side=sell");
        await page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("Limit");
        await page.GetByLabel("Limit price").FillAsync("120 000.005");
        await page.GetByLabel("Quantity").FillAsync("0.000019");

        await Expect(page.Locator("#ticket-size-note")).ToContainTextAsync("is below the minimum of 5");
        await Expect(page.Locator(".summary"))
            .ToContainTextAsync("120000.005 → 120000.01".Replace("→ ", "→ to ", StringComparison.Ordinal), new() { UseInnerText = false });
        await page.GetByLabel("Quantity").FillAsync("0.001");
        await page.GetByLabel("Quantity").PressAsync("ArrowUp");
        await Expect(page.GetByLabel("Quantity")).ToHaveValueAsync("0.00101");
        await page.GetByLabel("Quantity").PressAsync("Shift+ArrowDown");
        await Expect(page.GetByLabel("Quantity")).ToHaveValueAsync("0.00091");
        await page.GetByLabel("Limit price").PressAsync("ArrowUp");
        await Expect(page.GetByLabel("Limit price")).ToHaveValueAsync("120000.01");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sell 0.00091 BTC" })).ToBeVisibleAsync();
        await Expect(page.Locator(".summary")).ToContainTextAsync("Only 0 BTC are free.");
        await KeepAsync(reader, "ticket-page", whole: true);

        // Nothing is held, so the exchange refuses it: what it said is told in the drawer.
        await page.GetByRole(AriaRole.Button, new() { Name = "Sell 0.00091 BTC" }).ClickAsync();
        await Expect(page.Locator(".drawer .verdict-words")).ToContainTextAsync("The exchange refused it", new() { Timeout = 5000 });
    }

    [Fact]
    public async Task OpenOrder_IsCancelledAfterOneQuestion()
    {
        await using var reader = await _app.SignInAsync(Look.PhoneLight);
        var page = reader.Page;
        await reader.OpenAsync("/orders/new?symbol=ETH/USDT");
        await page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("Limit");
        await page.GetByLabel("Limit price").FillAsync("1000");
        await page.GetByLabel("Quantity").FillAsync("0.5");
        await KeepAsync(reader, "ticket-page", whole: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy 0.5000 ETH" }).ClickAsync();
        await Expect(page.Locator(".drawer .chip").First).ToHaveTextAsync("pendingOpen", new() { Timeout = 5000 });

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel order" }).ClickAsync();
        await Expect(page.Locator(".rz-dialog")).ToContainTextAsync("Buy 0.5000 ETH at 1,000.00 USDT. Nothing of it is filled.");
        await KeepAsync(reader, "order-cancel");
        await page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Cancel order" }).ClickAsync();

        await Expect(page.Locator(".drawer .verdict-words"))
            .ToHaveTextAsync("It was cancelled before anything was filled.", new() { Timeout = 5000 });
    }

    private static async Task KeepAsync(Reader reader, string name, bool whole = false)
    {
        await reader.ShotAsync(name, whole);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
