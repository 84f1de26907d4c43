using ExEngine.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages.Bots;

/// <summary>From an empty list by the editor with its preview to a result, and to one that is cancelled.</summary>
[NeedsServer]
public sealed class BacktestPagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory, MemberData(nameof(Look.All), MemberType = typeof(Look))]
    public async Task Grid_IsPreviewedWhileItIsTyped_AndPlayed(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        var page = reader.Page;
        await reader.OpenAsync("/backtests");
        await Expect(page.Locator(".empty-state")).ToContainTextAsync("plays a bot on past prices");
        await KeepAsync(reader, "backtests-empty");

        await page.Locator(".empty-state").GetByRole(AriaRole.Link, new() { Name = "New backtest" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("New backtest");
        await page.GetByLabel("Symbol", new() { Exact = true }).FillAsync("btcusdt");
        await page.GetByLabel("Symbol", new() { Exact = true }).PressAsync("Enter");
        await Expect(page.GetByLabel("Lowest line")).Not.ToHaveValueAsync("");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It can be started");
        await Expect(page.Locator(".preview tbody tr").First).ToContainTextAsync("Start");

        // A fault is told while it is typed, in the summary that stays in sight.
        await page.GetByLabel("Intervals").FillAsync("900");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("problem");
        await page.GetByLabel("Intervals").FillAsync("20");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It can be started");
        await KeepAsync(reader, "backtests-new");

        await page.GetByLabel("Candle", new() { Exact = true }).SelectOptionAsync("1h");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run backtest" }).ClickAsync();
        await Expect(page.Locator(".chip").First).ToContainTextAsync("Done");
        await Expect(page.Locator(".figures")).ToContainTextAsync("Deepest drawdown");
        await Expect(page.Locator(".equity-chart canvas").First).ToBeVisibleAsync();
        await Expect(page.Locator(".price-chart canvas").First).ToBeVisibleAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("simulated prices, seed");
        await Expect(page.Locator(".facts")).ToContainTextAsync("The first settings that you tried");
        await KeepAsync(reader, "backtest");

        var name = $"Played {Guid.NewGuid():N}"[..14];
        await page.GetByRole(AriaRole.Link, new() { Name = "Make a bot" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("New bot");
        await Expect(page.Locator(".notice").First).ToContainTextAsync("The settings of the backtest are in the form");
        await Expect(page.GetByLabel("Intervals")).ToHaveValueAsync("20");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It can be started");
        await KeepAsync(reader, "bot-of-backtest");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make bot" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
        await Expect(page.Locator(".bot-bar .chip")).ToHaveTextAsync("Not started");
        await reader.OpenAsync("/backtests");
        await page.Locator(".jobs h2 a").First.ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Sweep", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Another setting" }).ClickAsync();
        await page.GetByLabel("Setting", new() { Exact = true }).Nth(1).SelectOptionAsync("investment");
        await page.GetByLabel("From", new() { Exact = true }).Last.FillAsync("1000");
        await page.GetByLabel("To", new() { Exact = true }).Last.FillAsync("2000");
        await page.GetByLabel("Step", new() { Exact = true }).Last.FillAsync("500");
        await KeepAsync(reader, "sweeps-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run sweep" }).ClickAsync();
        await Expect(page.Locator(".heat tbody tr")).ToHaveCountAsync(3);
        await Expect(page.Locator(".heat tbody td")).ToHaveCountAsync(27);
        await Expect(page.Locator(".shell-content")).ToContainTextAsync("You tried 28 settings");
        await KeepAsync(reader, "sweep");
        var sweep = page.Url;
        await page.Locator(".heat tbody tr").Nth(2).Locator("td a").Nth(3).ClickAsync();
        await Expect(page.Locator(".notice").First).ToContainTextAsync("The settings of the sweep are in the form");
        await Expect(page.GetByLabel("Investment")).ToHaveValueAsync("2000");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("");
        await page.GotoAsync(sweep);
        await page.GetByRole(AriaRole.Link, new() { Name = "Make a bot with" }).Last.ClickAsync();
        await Expect(page.Locator(".notice").First).ToContainTextAsync("The settings of the sweep are in the form");
        await page.GotoAsync(sweep);
        await page.GetByRole(AriaRole.Link, new() { Name = "Backtest the best" }).ClickAsync();
        await Expect(page.Locator(".verdict")).ToContainTextAsync("It can be started");
        await page.Locator(".back a").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Backtests");
        await page.Locator(".jobs h2 a").ClickAsync();
        await Expect(page.Locator("h1")).Not.ToHaveTextAsync("Backtests");

        await page.GetByRole(AriaRole.Link, new() { Name = "Change and run" }).ClickAsync();
        await Expect(page.GetByLabel("Intervals")).ToHaveValueAsync("20");
        await page.Locator(".back a").ClickAsync();
        await Expect(page.Locator(".jobs .card")).ToHaveCountAsync(1);
        await KeepAsync(reader, "backtests");
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dca_ShowsItsProgress_IsCancelled_AndRunsAgain()
    {
        await using var reader = await app.SignInAsync(Look.WideLight);
        var page = reader.Page;
        await reader.OpenAsync("/backtests/new?kind=dca&symbol=ETH/USDT");
        await Expect(page.Locator(".preview tbody tr")).ToHaveCountAsync(11);
        await page.GetByLabel("Take-profit", new() { Exact = true }).FillAsync("0.1");
        await Expect(page.Locator(".notice").First).ToContainTextAsync("after fees");
        await page.GetByLabel("Days").FillAsync("700");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run backtest" }).ClickAsync();
        await Expect(page.Locator(".job-progress")).ToContainTextAsync("Reading candles");

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.Locator(".chip").First).ToContainTextAsync("Cancelled");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run again" }).ClickAsync();
        await Expect(page.Locator(".job-progress")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.Locator(".chip").First).ToContainTextAsync("Cancelled");
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
