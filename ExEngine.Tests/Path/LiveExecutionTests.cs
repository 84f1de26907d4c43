using ExEngine.Core.Orders;
using ExEngine.Tests.FakeExchange;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path;

/// <summary>From the alert to the fake exchange's ledger, through the gateway and real CCXT.</summary>
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

        var moves = await live.ReadAsync(db => db.OrderTransitions.Where(t => t.OrderId == order.Id).OrderBy(t => t.Id).Select(t => t.To).ToListAsync());
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

    private async Task<LiveTrader> TraderAsync()
    {
        await live.Exchange.ResetAsync();
        return await live.TraderAsync(("USDT", 10_000m));
    }
}
