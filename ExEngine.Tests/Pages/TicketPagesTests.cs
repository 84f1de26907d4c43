using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages;

/// <summary>The ticket by itself, and the order that it makes, with the engine running on paper.</summary>
[NeedsServer]
public sealed class TicketPagesTests : IClassFixture<BrowserApp>
{
    private readonly BrowserApp _app;

    public TicketPagesTests(BrowserApp app)
    {
        app.App["Execution:Enabled"] = "true";
        _app = app;
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
        await Expect(page.Locator(".drawer .chip").First).ToHaveTextAsync("Open", new() { Timeout = 5000 });

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel order" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("Buy 0.5000 ETH at 1,000.00 USDT. Nothing of it is filled.");
        await KeepAsync(reader, "order-cancel");
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Cancel order" }).ClickAsync();

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
