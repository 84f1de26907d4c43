using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages.Bots;

/// <summary>From an empty list by the editor to a grid that runs, and is closed.</summary>
[NeedsServer]
public sealed class BotPagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task Grid_IsMadeStartedAndClosed(Look look)
    {
        app.App["Execution:Enabled"] = "true";
        await using var reader = await app.SignInAsync(look);
        var (page, name) = (reader.Page, $"Grid {Guid.NewGuid():N}"[..12]);
        await reader.OpenAsync("/bots/new");
        await page.GetByLabel("Symbol", new() { Exact = true }).FillAsync("btcusdt");
        await page.GetByLabel("Symbol", new() { Exact = true }).PressAsync("Enter");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It can be started");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make bot" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
        await Expect(page.Locator(".bot-bar .chip")).ToHaveTextAsync("Not started");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(page.Locator(".bot-bar .chip")).ToHaveTextAsync("Running");
        await Expect(page.Locator(".table tbody tr", new() { HasText = "At the exchange" })).ToHaveCountAsync(10);
        await Expect(page.GetByText("agrees to the digit")).ToBeVisibleAsync();
        await KeepAsync(reader, "bot");

        await reader.OpenAsync("/bots");
        await Expect(page.Locator(".bots")).ToContainTextAsync(name);
        await KeepAsync(reader, "bots");

        await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await page.GetByText("Close at market").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sell at market" }).ClickAsync();
        await Expect(page.Locator(".bot-bar .chip")).ToHaveTextAsync("Stopped");
        await Expect(page.Locator(".next")).ToContainTextAsync("too little to be sold");
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task EditOfWhatRuns_IsShownOnceBeforeItIsSaved(Look look)
    {
        app.App["Execution:Enabled"] = "true";
        await using var reader = await app.SignInAsync(look);
        var (page, name) = (reader.Page, $"Edited {Guid.NewGuid():N}"[..14]);
        await reader.OpenAsync("/bots/new?kind=dca&symbol=BTC/USDT");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Base order", new() { Exact = true }).FillAsync("100");
        await page.GetByLabel("Deviation", new() { Exact = true }).FillAsync("5");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It can be started");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make bot" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(page.Locator(".table tbody tr", new() { HasText = "Safety order 1" })).ToContainTextAsync("At the exchange");

        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await page.GetByLabel("Deviation", new() { Exact = true }).FillAsync("6");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator(".said")).ToContainTextAsync("No order changes");
        await Expect(dialog).ToContainTextAsync("goes on by the settings that it has");
        await dialog.GetByText("For the deals that are open as well").ClickAsync();
        await Expect(dialog.Locator(".said")).ToContainTextAsync("moved");
        await Expect(dialog.Locator("tbody tr", new() { HasText = "Safety order 1" })).ToContainTextAsync("→");
        await KeepAsync(reader, "bot-edit-diff");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Back to the form" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByLabel("Deviation", new() { Exact = true })).ToHaveValueAsync("6");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("For the deals that are open as well").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
        await Expect(page.GetByText("it goes by the changed settings from here on")).ToBeVisibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task ThreeCommasBot_IsPastedNamedAndMade(Look look)
    {
        app.App["Execution:Enabled"] = "true";
        await using var reader = await app.SignInAsync(look);
        var (page, name) = (reader.Page, $"Theirs {Guid.NewGuid():N}"[..14]);
        await reader.OpenAsync("/bots/new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import from 3Commas" }).ClickAsync();
        var json = page.GetByLabel("JSON of the bot");
        await json.FillAsync("{ \"name\": ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fill the form" }).ClickAsync();
        await Expect(page.GetByText("This is no valid JSON")).ToBeVisibleAsync();
        await json.FillAsync(
            $$"""
            {"id":15577628,"name":"{{name}}","pairs":["USDT_BTC"],"base_order_volume":"80.0","safety_order_volume":"30.0",
            "max_safety_orders":3,"active_safety_orders_count":2,"safety_order_step_percentage":"1.0","martingale_volume_coefficient":"1.7",
            "martingale_step_coefficient":"1.4","take_profit":"1.5","tsl_enabled":true,"strategy_list":[{"strategy":"rsi"}]}
            """
        );
        await reader.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Fill the form" }).ClickAsync();

        await Expect(page.Locator(".imported li")).ToHaveCountAsync(2);
        await Expect(page.Locator(".imported")).ToContainTextAsync("rsi");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync($"{name} #15577628");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It can be started");
        await KeepAsync(reader, "bot-import");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make bot" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync($"{name} #15577628");
        await page.GetByText("Start a deal", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("[aria-label='Message: start a deal']")).ToContainTextAsync("start_deal");
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
        reader.Complaints.ShouldBeEmpty();
    }

    private static async Task KeepAsync(Reader reader, string name)
    {
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldNotScrollInsideAsync();
        await reader.ShouldBeAccessibleAsync();
        await reader.ShotAsync(name, whole: true);
    }
}
