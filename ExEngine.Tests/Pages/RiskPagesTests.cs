using ExEngine.Core.Risk;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ExEngine.Tests.Pages;

[NeedsServer]
public sealed class RiskPagesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    public static TheoryData<Look> Looks => [Look.WideDark, Look.PhoneLight];

    [Theory, MemberData(nameof(Looks))]
    public async Task Halt_NeverAsksAndOffersToCancelAndCloseAll(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        var page = reader.Page;
        await SamplePositions.AddAsync(app.App, reader.Rows);
        await reader.OpenAsync("/signals");
        await page.GetByRole(AriaRole.Button, new() { Name = "Trading: Active" }).ClickAsync();
        await KeepAsync(reader, "risk-menu");

        await page.GetByRole(AriaRole.Button, new() { Name = "Halted" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Trading: Halted" })).ToBeVisibleAsync();
        await Until.True(async () => await StateAsync(reader) == TradingState.Halted);
        await KeepAsync(reader, "risk-halted");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel all open orders (2)" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("2 orders of all accounts, stop-losses among them.");
        await KeepAsync(reader, "risk-cancel-all");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel 2 orders" }).ClickAsync();
        await Until.True(async () =>
        {
            await using var db = await reader.Rows.DatabaseAsync();
            return await db.Orders.CountAsync(o => o.UserId == reader.Rows.UserId && o.CancelRequestedAt != null) == 2;
        });

        await page.GetByRole(AriaRole.Button, new() { Name = "Trading: Halted" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close all positions (3)" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("Sell 0.03995 BTC at market, about ");
        await KeepAsync(reader, "risk-close-all");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sell 3 positions at market" }).ClickAsync();
        await Until.True(async () =>
        {
            await using var db = await reader.Rows.DatabaseAsync();
            return await db.Positions.CountAsync(p => p.UserId == reader.Rows.UserId && p.CloseShare == 100) == 3;
        });
        (await StateAsync(reader)).ShouldBe(TradingState.Halted);
        reader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task WayOut_IsWhereTheRowsAre()
    {
        await using var reader = await app.SignInAsync(Look.PhoneLight);
        var page = reader.Page;
        await SamplePositions.AddAsync(app.App, reader.Rows);
        await reader.OpenAsync("/orders");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel all (2)" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("2 orders of all accounts, stop-losses among them.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel 2 orders" }).ClickAsync();
        await Until.True(async () =>
        {
            await using var db = await reader.Rows.DatabaseAsync();
            return await db.Orders.CountAsync(o => o.UserId == reader.Rows.UserId && o.CancelRequestedAt != null) == 2;
        });

        await reader.OpenAsync("/positions");
        await KeepAsync(reader, "positions-close-all");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close all (3)" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("Sell 0.03995 BTC at market, about ");
        await Expect(page.Locator(".mud-dialog")).Not.ToContainTextAsync("halted");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sell 3 positions at market" }).ClickAsync();
        await Until.True(async () =>
        {
            await using var db = await reader.Rows.DatabaseAsync();
            return await db.Positions.CountAsync(p => p.UserId == reader.Rows.UserId && p.CloseShare == 100) == 3;
        });
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Looks))]
    public async Task Limits_AreCheckedWhileTypedAndSaved(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        var page = reader.Page;
        await SamplePositions.AddAsync(app.App, reader.Rows);
        await reader.OpenAsync("/risk");
        var mine = page.Locator("section.card").First;
        await mine.GetByLabel("Open orders").FillAsync("0");
        await Expect(mine.Locator(".field-error")).ToContainTextAsync("Open orders are limited to 1 to 10000");
        await mine.GetByLabel("Open orders").FillAsync("12");
        await mine.GetByLabel("Largest order").FillAsync("5 000");
        await mine.GetByLabel("Exposure").FillAsync("10000");
        await KeepAsync(reader, "risk-limits", whole: true);
        await mine.GetByRole(AriaRole.Button, new() { Name = "Save limits of All accounts" }).ClickAsync();
        await Expect(mine.GetByText("Saved")).ToBeVisibleAsync();

        await page.ReloadAsync();

        await Expect(mine.GetByLabel("Largest order")).ToHaveValueAsync("5000");
        await Expect(mine.GetByLabel("Open orders")).ToHaveValueAsync("12");
        await Expect(mine.GetByLabel("Currency of limits")).ToHaveValueAsync("USDT");
        await Expect(mine).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"Now [\d,.]+ of 10,000 USDT\."));
        await KeepAsync(reader, "risk-figures", whole: true);
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Looks))]
    public async Task Balances_HaveTheirValueAndAPaperAccountBeginsAnew(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        var page = reader.Page;
        await reader.OpenAsync("/balances");
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("10,000");
        await KeepAsync(reader, "balances");

        await page.GetByRole(AriaRole.Button, new() { Name = "Reset paper account" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog")).ToContainTextAsync("It holds 10,000 USDT afterwards, and nothing else.");
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Reset paper account" }).ClickAsync();
        await Expect(page.Locator(".mud-dialog")).ToHaveCountAsync(0);

        await SamplePositions.AddAsync(app.App, reader.Rows);
        await page.GetByRole(AriaRole.Button, new() { Name = "Reset paper account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("It still holds BTC/USDT, ETH/USDT, SHIB/USDT. Close these positions first, then reset it.");
        await KeepAsync(reader, "balances-held");
        reader.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Looks))]
    public async Task Balances_BringBooksAndExchangeTogether(Look look)
    {
        await using var reader = await app.SignInAsync(look);
        await using (var db = await reader.Rows.DatabaseAsync())
        {
            await db
                .ExchangeAccounts.Where(a => a.Id == reader.Rows.AccountId)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.PaperBalances, """{"USDT":"10000","BTC":"0.5"}"""));
        }

        await new OrderRows(app.App, reader.Rows).AddPositionAsync(p =>
            (p.Symbol, p.Base, p.Quantity, p.EntryCost, p.OpenedAt) = ("ETH/USDT", "ETH", 1.2499m, 2500m, DateTime.UnixEpoch)
        );
        var page = reader.Page;
        var dialog = page.Locator(".mud-dialog");
        await reader.OpenAsync("/balances");
        await Expect(page.GetByText("0.5 BTC belong to no position and are left alone.")).ToBeVisibleAsync();
        await Expect(page.GetByText("1.2499 ETH less than the positions say")).ToBeVisibleAsync();
        await KeepAsync(reader, "balances-differ", whole: true);

        await page.GetByRole(AriaRole.Button, new() { Name = "Assign BTC" }).ClickAsync();
        await dialog.GetByLabel("Quantity").FillAsync("0.6");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Assign 0.6 BTC" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("0.5 BTC belong to no position; assign that or less.");
        await KeepAsync(reader, "balances-assign");
        await dialog.GetByLabel("Quantity").FillAsync("0.5");
        await dialog.GetByLabel("What it cost").FillAsync("20,000");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Assign 0.5 BTC" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByText("belong to no position")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Write off ETH" }).ClickAsync();
        await Expect(dialog.GetByLabel("Quantity")).ToHaveValueAsync("1.2499");
        await KeepAsync(reader, "balances-write-off");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Write off 1.2499 ETH" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByText("less than the positions say")).ToHaveCountAsync(0);

        await using var after = await reader.Rows.DatabaseAsync();
        var positions = await after.Positions.Where(p => p.UserId == reader.Rows.UserId).ToDictionaryAsync(p => p.Symbol);
        (positions["BTC/USDT"].Quantity, positions["BTC/USDT"].EntryCost).ShouldBe((0.5m, 20_000m));
        (positions["ETH/USDT"].Quantity, positions["ETH/USDT"].RealizedProfit).ShouldBe((0m, 0m));
        reader.Complaints.ShouldBeEmpty();
    }

    private static async Task<TradingState> StateAsync(Reader reader)
    {
        await using var db = await reader.Rows.DatabaseAsync();
        return (await db.RiskSettings.SingleOrDefaultAsync(r => r.ScopeId == reader.Rows.UserId))?.State ?? TradingState.Active;
    }

    private static async Task KeepAsync(Reader reader, string name, bool whole = false)
    {
        await reader.ShotAsync(name, whole);
        await reader.ShouldFitTheWidthAsync();
        await reader.ShouldBeAccessibleAsync();
    }
}
