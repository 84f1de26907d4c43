using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Paper;

/// <summary>A paper account begins anew only when the engine's books hold nothing of what it had, and will not.</summary>
[NeedsServer]
public sealed class PaperResetTests(TwoDatabases databases) : IClassFixture<TwoDatabases>
{
    public static TheoryData<string> Both => [TwoDatabases.Sqlite, TwoDatabases.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task TradeThatTheEngineHasNotHeardOf_AndThenItsPosition_AreInTheWay(string database)
    {
        var app = await databases.OnAsync(database);
        var rows = await SignalRows.NewAsync(app);
        await using var db = await rows.DatabaseAsync();
        var account = await db.ExchangeAccounts.SingleAsync(a => a.Id == rows.AccountId);
        var orders = new OrderRows(app, rows);
        var id = (await orders.AddAsync(_ => { }))[0];
        var order = await db.Orders.SingleAsync(o => o.Id == id);
        var market = PaperMarkets.All.Single(m => m.Symbol == order.Symbol);
        var exchange = app.Get<ExchangeFactory>().Of(account);
        var placed = SuiteBench.Done(
            await exchange.PlaceAsync(
                PaperAccounts.Ticket(market, Drafts.Buy(0.01m)),
                order.ClientId,
                DateTime.MaxValue,
                CancellationToken.None
            )
        );

        await IsInTheWayAsync();
        (order.BookedQuantity, order.FilledQuantity) = (placed.FilledQuantity, placed.FilledQuantity);
        var position = await orders.AddPositionAsync();
        await db.SaveChangesAsync();
        await IsInTheWayAsync();
        await db.Positions.Where(p => p.Id == position).ExecuteDeleteAsync();

        (await ResetAsync()).Held.ShouldBeEmpty();
        SuiteBench.Done(await exchange.BalancesAsync(CancellationToken.None)).ShouldBe([new AssetBalance("USDT", 10_000m, 0)]);

        Task<PaperReset> ResetAsync() => app.Get<PaperVenue>().ResetAsync(account, CancellationToken.None);

        async Task IsInTheWayAsync()
        {
            var reset = await ResetAsync();
            (reset.Held.ShouldHaveSingleItem().Name, reset.Balances.Outcome).ShouldBe(("BTC/USDT", ExchangeOutcome.Refused));
            SuiteBench.Done(await exchange.BalancesAsync(CancellationToken.None)).ShouldContain(b => b.Asset == "BTC");
        }
    }
}
