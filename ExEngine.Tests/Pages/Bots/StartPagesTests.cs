using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages.Bots;

/// <summary>Conditions of a start and recurring buys in the form, and on the page of the bot that they make.</summary>
[NeedsServer]
public sealed class StartPagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task Conditions_AreAddedAndRemoved_AndTheBotSaysWhatItWaitsFor(Look look)
    {
        app.App["Execution:Enabled"] = "true";
        await using var reader = await app.SignInAsync(look);
        var (page, name) = (reader.Page, $"Dips {Guid.NewGuid():N}"[..12]);
        await reader.OpenAsync("/bots/new?kind=dca&symbol=BTC/USDT");
        await page.GetByText("Limits and start").ClickAsync();
        await page.GetByLabel("A deal begins").SelectOptionAsync("conditions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Condition", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("Level")).ToHaveValueAsync("30");
        await page.GetByLabel("Level").FillAsync("130");
        await Expect(page.Locator(".conditions .field-error")).ToContainTextAsync("below 100");
        await page.GetByLabel("Level").FillAsync("2");
        await Expect(page.Locator(".preview table").First).ToContainTextAsync("RSI 14 on 1h below 2");

        await page.GetByRole(AriaRole.Button, new() { Name = "And: another condition in group 1" }).ClickAsync();
        await page.GetByLabel("Indicator").Nth(1).SelectOptionAsync("emaCross");
        await page.GetByRole(AriaRole.Button, new() { Name = "Or", Exact = true }).ClickAsync();
        await Expect(page.Locator(".conditions .condition")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove condition 1 of group 2" }).ClickAsync();
        await Expect(page.Locator(".preview table").First).ToContainTextAsync("EMA 12 on 1h below EMA 26");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It can be started");
        await KeepAsync(reader, "bots-conditions");

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make bot" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(page.Locator(".bot-bar .chip")).ToHaveTextAsync("Running");
        await Expect(page.Locator(".next")).ToContainTextAsync("Waits for RSI 14 on 1h below 2: now");
        await Expect(page.Locator(".next")).ToContainTextAsync("away");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Start of a deal" })).ToBeVisibleAsync();
        await KeepAsync(reader, "bot-conditions");

        // The form opens with what was stored.
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await page.GetByText("Limits and start").ClickAsync();
        await Expect(page.Locator(".conditions .condition")).ToHaveCountAsync(2);
        await page.GetByLabel("A deal begins").SelectOptionAsync("atOnce");
        await Expect(page.Locator(".conditions")).ToHaveCountAsync(0);
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It can be started");
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task RecurringBuys_ArePreviewed_Played_AndMade(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        var (page, name) = (reader.Page, $"Saver {Guid.NewGuid():N}"[..12]);
        await reader.OpenAsync("/bots/new?kind=recurring&symbol=BTC/USDT");
        await page.GetByLabel("At", new() { Exact = true }).FillAsync("9 o'clock");
        await Expect(page.Locator(".field-error").First).ToBeVisibleAsync();
        await page.GetByLabel("At", new() { Exact = true }).FillAsync("09:00");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It can be started");
        await Expect(page.Locator(".preview tbody tr", new() { HasText = "09:00" })).ToHaveCountAsync(30);
        await KeepAsync(reader, "bots-recurring");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make bot" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);

        await reader.OpenAsync("/backtests/new?kind=recurring&symbol=BTC/USDT");
        await page.GetByLabel("Candle", new() { Exact = true }).SelectOptionAsync("1h");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run backtest" }).ClickAsync();
        await Expect(page.Locator(".chip").First).ToContainTextAsync("Done");
        await Expect(page.Locator(".figures")).ToContainTextAsync("Buys");
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task Suggestion_FillsTheForm_AndShowsThreeBacktests(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        var page = reader.Page;
        await reader.OpenAsync("/bots/new?kind=dca&symbol=BTC/USDT");
        await page.GetByText("Suggest settings").ClickAsync();
        await page.GetByLabel("Budget").FillAsync("none");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suggest", Exact = true }).ClickAsync();
        await Expect(page.Locator(".ask .field-error")).ToBeVisibleAsync();
        await page.GetByLabel("Budget").FillAsync("2000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suggest", Exact = true }).ClickAsync();

        // The first time a year of prices is made.
        await Expect(page.Locator(".suggestion tbody tr")).ToHaveCountAsync(3, new() { Timeout = 60_000 });
        await Expect(page.Locator(".suggestion li").First).ToContainTextAsync("Four hours range over");
        await Expect(page.GetByLabel("Base order", new() { Exact = true })).Not.ToHaveValueAsync("100");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It can be started");
        await KeepAsync(reader, "bots-suggestion");
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
