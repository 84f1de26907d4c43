using ExEngine.Core.Protection;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Pages;

/// <summary>What a person does to a position and its orders: each asks once, in numbers, and once is enough.</summary>
[NeedsServer]
public sealed class PositionActPagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task StopThatIsDragged_IsAskedAboutInNumbersAndSaved()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        var id = await SamplePositions.AddAsync(app.App, reader.Rows);
        var before = (await PlanAsync(reader, id))!.State.Stop!.Value;
        await reader.OpenAsync($"/positions/{id}");
        await Assertions.Expect(reader.Page.Locator(".price-chart table tbody tr")).ToHaveCountAsync(24);
        var place = (await reader.Page.Locator(".price-chart .canvas").BoundingBoxAsync())!;
        var canvas = reader.Page.Locator(".price-chart .canvas");

        // From below: the stop is the lowest line.
        var y = place.Y + place.Height - 30;
        while (!(await canvas.GetAttributeAsync("class"))!.Contains("movable", StringComparison.Ordinal))
        {
            y.ShouldBeGreaterThan(place.Y);
            await reader.Page.Mouse.MoveAsync(place.X + 300, y -= 4);
        }

        await reader.Page.Mouse.MoveAsync(place.X + 300, y -= 4);
        await reader.Page.Mouse.DownAsync();
        await reader.Page.Mouse.MoveAsync(place.X + 300, y - 24, new() { Steps = 4 });
        await reader.Page.Mouse.UpAsync();

        var dialog = reader.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Move the stop of BTC/USDT");
        await Assertions.Expect(dialog.Locator(".act")).ToContainTextAsync(" → ");
        await Assertions.Expect(dialog.Locator(".act")).ToContainTextAsync("USDT against the entry");
        await reader.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move it" }).ClickAsync();
        await Until.True(async () => (await PlanAsync(reader, id))?.StopLoss?.Price > before);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task OnAPhone_APositionIsClosedInTwoTaps()
    {
        await using var reader = await app.SignInAsync(Look.PhoneDark);
        var id = await SamplePositions.AddAsync(app.App, reader.Rows);
        await reader.OpenAsync($"/positions/{id}");

        await reader.Page.Locator(".close-bar").GetByRole(AriaRole.Button, new() { Name = "Close all of it" }).ClickAsync();
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Sell 0.03995 BTC at market, about");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Sell at market" }).ClickAsync();

        await Until.True(async () =>
        {
            await using var db = await reader.Rows.DatabaseAsync();
            return await db.Positions.AnyAsync(p => p.Id == id && p.CloseRequestedAt != null);
        });
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task PriceOfAnOpenOrder_IsChangedFromThePosition()
    {
        await using var reader = await app.SignInAsync(Look.WideLight);
        var id = await SamplePositions.AddAsync(app.App, reader.Rows);
        await reader.OpenAsync($"/positions/{id}");

        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Change: Buy" }).ClickAsync();
        var dialog = reader.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Change order" })).ToBeDisabledAsync();
        await dialog.Locator("#change-price").FillAsync("1000.005");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change order" }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("off the tick");
        await dialog.Locator("#change-price").FillAsync("1000");
        await Assertions.Expect(dialog.Locator(".act")).ToContainTextAsync("→ 1,000.00");
        await reader.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change order" }).ClickAsync();

        await Until.True(async () =>
        {
            await using var db = await reader.Rows.DatabaseAsync();
            return await db.Orders.AnyAsync(o => o.UserId == reader.Rows.UserId && o.ReplacePrice == 1000m);
        });
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_BeginsWithTheLargestAndIsSortedByItsHeads()
    {
        await using var reader = await app.SignInAsync(Look.WideDark);
        await SamplePositions.AddAsync(app.App, reader.Rows);
        await reader.OpenAsync("/positions");
        var symbols = reader.Page.Locator(".positions tbody .row-link");
        await Assertions.Expect(symbols).ToHaveTextAsync(["SHIB/USDT", "ETH/USDT", "BTC/USDT"]);

        await reader.Page.Locator("th.symbol a").ClickAsync();
        await Assertions.Expect(symbols).ToHaveTextAsync(["BTC/USDT", "ETH/USDT", "SHIB/USDT"]);
        reader.Page.Url.ShouldContain("sort=symbol");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "No protection: add a stop" }).First.ClickAsync();
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Protect ETH/USDT");
        reader.Complaints.ShouldBeEmpty();
    }

    private static async Task<ProtectionPlan?> PlanAsync(Reader reader, Guid id)
    {
        await using var db = await reader.Rows.DatabaseAsync();
        return ProtectionPlan.Read(await db.Positions.Where(p => p.Id == id).Select(p => p.Protection).SingleAsync());
    }
}
