using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Orders;
using ExEngine.Core.Portfolio.Money;
using ExEngine.Core.Risk;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Portfolio.Money;

/// <summary>Snapshots of a paper account whose balances a test sets, on both databases.</summary>
[NeedsServer]
public sealed class EquityWriterTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    private static readonly DateTime Slot = new(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task TradingIsNoDeposit_AndATopUpIsOne(string database)
    {
        var (app, rows) = await StartAsync(database);
        await TakeAsync(app, rows, 0);
        var first = await RowAsync(rows, 0);
        (first.Equity, first.Cash, first.Held, first.NetDeposits, first.IsComplete).ShouldBe((10_000m, 10_000m, 0m, 10_000m, true));
        first.Currency.ShouldBe("USDT");

        // The fee of 0.1 % is in BTC.
        await new OrderRows(app, rows).AddAsync(o => (o.Status, o.FilledQuantity, o.ExecutedCost) = (OrderStatus.Filled, 0.01m, 995m));
        await HoldAsync(rows, """{"USDT":"9005","BTC":"0.00999"}""");
        await TakeAsync(app, rows, 5);
        var traded = await RowAsync(rows, 5);
        var bitcoin = app.Get<PriceFeed>().Last(ExchangeInfo.Paper, "BTC/USDT")!.Last;
        traded.NetDeposits.ShouldBe(10_000m);
        traded.Cash.ShouldBe(9_005m);
        traded.Held!.Value.ShouldBe(0.00999m * bitcoin, 0.00999m * bitcoin * 0.05m);
        traded.Equity.ShouldBe(traded.Cash + traded.Held);

        await HoldAsync(rows, """{"USDT":"9505.5","BTC":"0.00999"}""");
        await TakeAsync(app, rows, 10);
        (await RowAsync(rows, 10)).NetDeposits.ShouldBe(10_500.5m);
        (await FlowAsync(rows)).NetDeposits.ShouldBe(10_000m);
        await TakeAsync(app, rows, 15);
        (await RowAsync(rows, 15)).NetDeposits.ShouldBe(10_500.5m);
        (await FlowAsync(rows)).NetDeposits.ShouldBe(10_500.5m);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task OfManyWhoLookAtOnce_OneWrites(string database)
    {
        var (app, rows) = await StartAsync(database);
        var account = await AccountAsync(rows);

        var took = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => app.Get<EquityWriter>().TakeAsync(account, Slot, CancellationToken.None)))
        );

        took.Count(t => t).ShouldBe(1);
        (await RowAsync(rows, 0)).Equity.ShouldBe(10_000m);
        (await FlowAsync(rows)).Version.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task CoinWithoutAMarket_IsLeftOutAndNamed(string database)
    {
        var (app, rows) = await StartAsync(database);
        await HoldAsync(rows, """{"USDT":"5","NOPE":"1000000"}""");
        await TakeAsync(app, rows, 0);

        var row = await RowAsync(rows, 0);
        (row.Equity, row.IsComplete, row.LeftOut).ShouldBe((5m, false, "NOPE"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task AccountThatDoesNotAnswer_IsAGapWithAReason(string database)
    {
        var (app, rows) = await StartAsync(database);
        await using (var db = await rows.DatabaseAsync())
        {
            await db
                .ExchangeAccounts.Where(a => a.Id == rows.AccountId)
                .ExecuteUpdateAsync(s => s.SetProperty(a => a.Mode, AccountMode.Live).SetProperty(a => a.KeyState, KeyState.Rejected));
        }

        await TakeAsync(app, rows, 0);

        var row = await RowAsync(rows, 0);
        (row.Equity, row.NetDeposits, row.Problem).ShouldBe((null, null, "paper does not take the key."));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task AnotherCurrency_BeginsAnew(string database)
    {
        var (app, rows) = await StartAsync(database);
        await TakeAsync(app, rows, 0);
        await app.Get<RiskService>()
            .SetAsync(rows.UserId, RiskScope.User, rows.UserId, new RiskInput { Currency = "USDC" }, CancellationToken.None);
        await HoldAsync(rows, """{"USDT":"12000"}""");
        await TakeAsync(app, rows, 5);

        var row = await RowAsync(rows, 5);
        row.Currency.ShouldBe("USDC");
        row.NetDeposits.ShouldBe(row.Equity);
        var history = await HistoryAsync(app, rows);
        history.Currency.ShouldBe("USDC");
        history.Line.Points[0].At.ShouldBeGreaterThan(Slot.AddMinutes(4));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task DeletedAccount_TakesItsSnapshotsAlong(string database)
    {
        var (app, rows) = await StartAsync(database);
        await TakeAsync(app, rows, 0);
        await using var db = await rows.DatabaseAsync();
        await Core.Data.UserRows.DeleteAccountAsync(db, rows.UserId, rows.AccountId, CancellationToken.None);

        (await db.EquitySnapshots.CountAsync(s => s.AccountId == rows.AccountId)).ShouldBe(0);
        (await db.AccountFlows.CountAsync(s => s.AccountId == rows.AccountId)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task History_IsTheUsersOwn(string database)
    {
        var (app, rows) = await StartAsync(database);
        await TakeAsync(app, rows, 0);
        (await HistoryAsync(app, rows)).Line.Points[0].Equity.ShouldBe(10_000m);

        var stranger = await SignalRows.NewAsync(app);
        var scope = new MoneyScope(stranger.UserId, AccountMode.Paper, rows.AccountId);
        var seen = await app.Get<EquityQuery>().ReadAsync(scope, null, null, CancellationToken.None);
        (seen.Accounts, seen.Line.Points.Count).ShouldBe((0, 0));
    }

    private async Task<(AppFactory App, SignalRows Rows)> StartAsync(string database)
    {
        var app = await databases.OnAsync(database);
        return (app, await SignalRows.NewAsync(app));
    }

    private static async Task<ExchangeAccount> AccountAsync(SignalRows rows)
    {
        await using var db = await rows.DatabaseAsync();
        return await db.ExchangeAccounts.AsNoTracking().SingleAsync(a => a.Id == rows.AccountId);
    }

    private static async Task TakeAsync(AppFactory app, SignalRows rows, int minute) =>
        (await app.Get<EquityWriter>().TakeAsync(await AccountAsync(rows), Slot.AddMinutes(minute), CancellationToken.None)).ShouldBeTrue();

    private static Task<EquityHistory> HistoryAsync(AppFactory app, SignalRows rows) =>
        app.Get<EquityQuery>().ReadAsync(new MoneyScope(rows.UserId, AccountMode.Paper), null, Slot.AddHours(1), CancellationToken.None);

    private static async Task<EquitySnapshot> RowAsync(SignalRows rows, int minute)
    {
        await using var db = await rows.DatabaseAsync();
        return await db.EquitySnapshots.AsNoTracking().SingleAsync(s => s.AccountId == rows.AccountId && s.Slot == Slot.AddMinutes(minute));
    }

    private static async Task<AccountFlow> FlowAsync(SignalRows rows)
    {
        await using var db = await rows.DatabaseAsync();
        return await db.AccountFlows.AsNoTracking().SingleAsync(f => f.AccountId == rows.AccountId);
    }

    /// <summary>What the paper exchange says is there, while nobody has traded on it.</summary>
    private static async Task HoldAsync(SignalRows rows, string balances)
    {
        await using var db = await rows.DatabaseAsync();
        await db.ExchangeAccounts.Where(a => a.Id == rows.AccountId).ExecuteUpdateAsync(s => s.SetProperty(a => a.PaperBalances, balances));
    }
}
