using ExEngine.Core.Orders;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using System.Net;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>From the alert to the fake exchange's ledger, through the gateway and real CCXT.</summary>
public sealed class LiveExecutionTests(LiveApp live) : IClassFixture<LiveApp>
{
    [Fact]
    public async Task Alert_BuysAtTheExchangeOnceAndThePositionIsItsLedger()
    {
        var trader = await live.TraderAsync(("USDT", 10_000m));

        (await trader.Door.SendAsync("""{"symbol":"BTC/USDT","action":"buy","order_type":"market","trade_quantity":"0.01","id":"one"}"""))
            .Status.ShouldBe(HttpStatusCode.Accepted);
        await Until.True(() => live.ReadAsync(db => db.Orders.AnyAsync(o => o.AccountId == trader.AccountId && o.SettledAt != null)), TimeSpan.FromSeconds(30));

        var order = await live.ReadAsync(db => db.Orders.AsNoTracking().SingleAsync(o => o.AccountId == trader.AccountId));
        var position = await live.ReadAsync(db => db.Positions.AsNoTracking().SingleAsync(p => p.AccountId == trader.AccountId));
        var ledger = (await live.Exchange.LedgerAsync()).OfAccount(trader.Key.Account);
        order.Status.ShouldBe(OrderStatus.Filled);
        ledger.Placings.Select(p => p.ClientOrderId).ShouldBe([order.ClientId]);
        position.Quantity.ShouldBe(ledger.Holdings(trader.Key.Account)["BTC"]);
        position.EntryCost.ShouldBe(10_000m - ledger.Holdings(trader.Key.Account)["USDT"]);
    }

    [Fact]
    public async Task ResetAfterExecution_IsFoundAndNotSentAgain()
    {
        var trader = await live.TraderAsync(("USDT", 10_000m));
        await live.Exchange.FaultAsync(new(FakeExchange.FaultKind.Reset, Executed: true, FakeExchange.FaultOn.Place));

        await trader.Door.SendAsync("""{"symbol":"ETH/USDT","action":"buy","order_type":"market","trade_quantity":"0.1","id":"one"}""");
        await Until.True(() => live.ReadAsync(db => db.Orders.AnyAsync(o => o.AccountId == trader.AccountId && o.SettledAt != null)), TimeSpan.FromSeconds(30));

        var order = await live.ReadAsync(db => db.Orders.AsNoTracking().SingleAsync(o => o.AccountId == trader.AccountId));
        var moves = await live.ReadAsync(db => db.OrderTransitions.Where(t => t.OrderId == order.Id).OrderBy(t => t.Id).Select(t => t.To).ToListAsync());
        moves.ShouldBe([OrderStatus.Planned, OrderStatus.Submitting, OrderStatus.Unknown, OrderStatus.Filled]);
        (await live.Exchange.LedgerAsync()).OfAccount(trader.Key.Account).Placings.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ResetBeforeReading_IsProvenAbsentAndSentOnceMore()
    {
        var trader = await live.TraderAsync(("USDT", 10_000m));
        await live.Exchange.FaultAsync(new(FakeExchange.FaultKind.Reset, Executed: false, FakeExchange.FaultOn.Place));

        await trader.Door.SendAsync("""{"symbol":"SHIB/USDT","action":"buy","order_type":"market","trade_quantity":"1000000","id":"one"}""");
        await Until.True(
            () => live.ReadAsync(db => db.Orders.AnyAsync(o => o.AccountId == trader.AccountId && o.Generation == 1 && o.SettledAt != null)),
            TimeSpan.FromSeconds(30));

        var orders = await live.ReadAsync(db => db.Orders.AsNoTracking().Where(o => o.AccountId == trader.AccountId).OrderBy(o => o.Generation).ToListAsync());
        orders.Select(o => o.Status).ShouldBe([OrderStatus.NotPlaced, OrderStatus.Filled]);
        (await live.Exchange.LedgerAsync()).OfAccount(trader.Key.Account).Fills.Sum(f => f.Quantity).ShouldBe(1_000_000m);
    }
}
