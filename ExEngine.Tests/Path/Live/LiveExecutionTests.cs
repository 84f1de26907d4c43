using System.Linq.Expressions;
using ExEngine.Core.Events;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Webhooks.Signals;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Live;

/// <summary>From the alert to the fake exchange's ledger, through the gateway and real CCXT.</summary>
[NeedsServer]
public sealed class LiveExecutionTests(LiveApp live) : IClassFixture<LiveApp>
{
    [Fact]
    public async Task Alert_BuysOnceAndThePositionIsTheLedger()
    {
        var trader = await TraderAsync();

        await trader.AlertAsync("""{"symbol":"BTC/USDT","action":"buy","order_type":"market","trade_quantity":"0.01","id":"one"}""");
        var order = (await trader.SettledAsync(1)).ShouldHaveSingleItem();

        var position = await live.ReadAsync(db => db.Positions.AsNoTracking().SingleAsync(p => p.AccountId == trader.AccountId));
        var ledger = await trader.LedgerAsync();
        order.Status.ShouldBe(OrderStatus.Filled);
        ledger.Placings.Select(p => p.ClientOrderId).ShouldBe([order.ClientId]);
        position.Quantity.ShouldBe(ledger.Holdings(trader.Key.Account)["BTC"]);
        position.EntryCost.ShouldBe(10_000m - ledger.Holdings(trader.Key.Account)["USDT"]);
    }

    [Fact]
    public async Task ResetAfterExecution_IsFoundAndNotSentAgain()
    {
        var trader = await TraderAsync();
        await live.Exchange.FaultAsync(new(FaultKind.Reset, Executed: true, FaultOn.Place));

        await trader.AlertAsync("""{"symbol":"ETH/USDT","action":"buy","order_type":"market","trade_quantity":"0.1","id":"one"}""");
        var order = (await trader.SettledAsync(1)).ShouldHaveSingleItem();

        var moves = await live.ReadAsync(db =>
            db.OrderTransitions.Where(t => t.OrderId == order.Id).OrderBy(t => t.Id).Select(t => t.To).ToListAsync()
        );
        moves.ShouldBe([OrderStatus.Planned, OrderStatus.Submitting, OrderStatus.Unknown, OrderStatus.Filled]);
        (await trader.LedgerAsync()).Placings.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ResetBeforeReading_IsProvenAbsentAndSentOnceMore()
    {
        var trader = await TraderAsync();
        await live.Exchange.FaultAsync(new(FaultKind.Reset, Executed: false, FaultOn.Place));

        await trader.AlertAsync("""{"symbol":"ETH/USDT","action":"buy","order_type":"market","trade_quantity":"0.1","id":"one"}""");
        var orders = await trader.SettledAsync(2);

        orders.Select(o => (o.Generation, o.Status)).ShouldBe([(0, OrderStatus.NotPlaced), (1, OrderStatus.Filled)]);
        (await trader.LedgerAsync()).Fills.Sum(f => f.Quantity).ShouldBe(0.1m);
    }

    [Fact]
    public async Task ShareOfTheEquity_AsksForAllPricesTogether()
    {
        await live.Exchange.ResetAsync();
        var trader = await live.TraderAsync(("USDT", 10_000m), ("P1", 10m), ("P2", 10m), ("P3", 10m), ("P4", 10m));
        foreach (var market in LiveApp.Markets)
        {
            await live.Exchange.SetPriceAsync(market.Base + "USDT", 100m);
        }

        var before = (await live.Exchange.AskedAsync()).Length;
        await trader.AlertAsync(
            """{"ticker":"P1USDT","action":"buy","quantityType":"percent_of_equity","quantity":10,"orderType":"market","id":"one"}"""
        );
        var order = (await trader.SettledAsync(1)).ShouldHaveSingleItem();

        order.Quantity.ShouldBe(14m, "10 % of 14,000 at 100");
        // One for the order's own price, one for all the rest.
        (await live.Exchange.AskedAsync())
            .Skip(before)
            .Count(p => p.Contains("ticker", StringComparison.Ordinal))
            .ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task CalledNeverPlacedAndThereAfterAll_CountsAndIsAnAlarm()
    {
        var trader = await TraderAsync();
        await live.Exchange.FaultAsync(new(FaultKind.Reset, Executed: true, FaultOn.Place));
        await live.Exchange.FaultAsync(new(FaultKind.ServerError, Executed: false, FaultOn.Query) { Next = null });
        await trader.AlertAsync("""{"symbol":"ETH/USDT","action":"buy","order_type":"market","trade_quantity":"0.1","id":"one"}""");
        var orders = live.App.Get<IDbContextFactory<Core.Data.AppDb>>();
        await Until.True(() =>
            SetAsync(o => o.Status == OrderStatus.Unknown, s => s.SetProperty(o => o.Status, OrderStatus.NeedsOperator))
        );
        var (id, userId) = await live.ReadAsync(async db =>
        {
            var placed = await db.Orders.SingleAsync(o => o.AccountId == trader.AccountId);
            return (placed.Id, placed.UserId);
        });

        var said = await DoorsApp.PostAsync(trader.Client, $"/api/orders/{id}/not-placed", null);
        said.GetProperty("status").GetString().ShouldBe("notPlaced");
        await live.Exchange.ClearFaultsAsync();
        // The next look is half a minute away.
        await Until.True(() => SetAsync(o => o.Status == OrderStatus.NotPlaced, s => s.SetProperty(o => o.NextLookAt, (DateTime?)null)));
        live.App.Get<ChangeFeed>().Publish(new ChangeEvent(userId, ChangeKind.Order, id));
        var order = (await trader.SettledAsync(1)).ShouldHaveSingleItem();

        (order.Status, order.Code).ShouldBe((OrderStatus.Filled, OrderCodes.PlacedAfterAll));
        (await live.ReadAsync(db => db.Positions.SingleAsync(p => p.AccountId == trader.AccountId))).Quantity.ShouldBe(
            (await trader.LedgerAsync()).Holdings(trader.Key.Account)["ETH"]
        );
        (await live.ReadAsync(db => db.Signals.SingleAsync(s => s.Id == order.OriginId))).Status.ShouldBe(SignalStatus.Done);
        (await AlarmsAsync()).ShouldBe([id]);
        await DoorsApp.PostAsync(trader.Client, $"/api/orders/{id}/acknowledge", null);
        (await AlarmsAsync()).ShouldBeEmpty();

        async Task<IEnumerable<Guid>> AlarmsAsync() =>
            (await live.App.Get<OrderQuery>().ListAsync(userId, new() { IsAlarm = true }, null, 10, CancellationToken.None)).Select(o =>
                o.Id
            );

        async Task<bool> SetAsync(Expression<Func<Order, bool>> which, Action<UpdateSettersBuilder<Order>> set)
        {
            await using var db = await orders.CreateDbContextAsync();
            return await db.Orders.Where(o => o.AccountId == trader.AccountId).Where(which).ExecuteUpdateAsync(set) == 1;
        }
    }

    private async Task<LiveTrader> TraderAsync()
    {
        await live.Exchange.ResetAsync();
        return await live.TraderAsync(("USDT", 10_000m));
    }
}
