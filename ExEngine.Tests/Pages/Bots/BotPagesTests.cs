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

    private static async Task KeepAsync(Reader reader, string name)
    {
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
        await reader.ShotAsync(name, whole: true);
    }
}
