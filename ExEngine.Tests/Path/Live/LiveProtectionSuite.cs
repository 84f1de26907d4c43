using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Positions;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Path.Live;

/// <summary>Take-profit, stop-loss, closing and cancelling on a live account, against the fake exchange's prices and ledger.</summary>
public abstract class LiveProtectionSuite(LiveApp live)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task StopLoss_RestsAtTheExchangeAndSellsWhatIsHeld()
    {
        var (trader, market) = await StartAsync();
        await BuyAsync(trader, market, """ "stopLoss":{"percent":"5"} """);
        var stop = await RestingStopAsync(trader);

        await live.Exchange.SetPriceAsync(market.Id, 94m);
        await FlatAsync(trader);

        stop.StopPrice.ShouldBe(95.1m); // 5 % below the average entry of 100.1001…, which the fee in base raised, up to the tick
        stop.Quantity.ShouldBe(0.999m);
        var ledger = await trader.LedgerAsync();
        ledger.Placings.Count.ShouldBe(2);
        ledger.Holdings(trader.Key.Account)[market.Base].ShouldBe(0);
        (await PositionAsync(trader)).Protection.ShouldBeNull();
    }

    [Fact]
    public async Task TakeProfit_TakesTheStopsPlace()
    {
        var (trader, market) = await StartAsync();
        await BuyAsync(trader, market, """ "stopLoss":{"percent":"5"},"takeProfit":{"percent":"10"} """);
        await RestingStopAsync(trader);

        await live.Exchange.SetPriceAsync(market.Id, 112m);
        await FlatAsync(trader);

        var ledger = await trader.LedgerAsync();
        ledger.Fills.Sum(f => f.Side == "SELL" ? f.Quantity : 0).ShouldBe(0.999m);
        (await PositionAsync(trader)).RealizedProfit.ShouldBe(ledger.Holdings(trader.Key.Account)["USDT"] - 10_000m);
        (await PositionAsync(trader)).RealizedProfit.ShouldBeGreaterThan(9m);
    }

    [Fact]
    public async Task Close_CancelsTheStopAndSellsTheShare()
    {
        var (trader, market) = await StartAsync();
        await BuyAsync(trader, market, """ "stopLoss":{"percent":"5"} """);
        await RestingStopAsync(trader);
        var position = await PositionAsync(trader);

        var answer = await live.App.Get<PositionService>().CloseAsync(position.UserId, position.Id, 50, default);
        await Until.True(async () => (await PositionAsync(trader)).Quantity == 0.4995m, Patience);

        answer.ShouldBeOfType<PositionResult.Done>();
        await Until.True(async () => (await RestingStopAsync(trader)).Quantity == 0.4995m, Patience);
    }

    [Fact]
    public async Task RestingOrder_IsCancelledOnceAskedFor()
    {
        var (trader, market) = await StartAsync();
        await trader.AlertAsync(
            $$"""{"symbol":"{{market.Base}}/USDT","action":"buy","order_type":"limit","trade_price":"90","trade_quantity":"1","id":"one"}"""
        );
        var order = await OrderAsync(trader, o => o.Status == OrderStatus.Open);

        await live.App.Get<OrderService>().CancelAsync(order.UserId, order.Id, default);
        var settled = (await trader.SettledAsync(1)).ShouldHaveSingleItem();

        settled.Status.ShouldBe(OrderStatus.Canceled);
        (await trader.LedgerAsync()).Cancels.Count.ShouldBe(1);
    }

    private async Task<(LiveTrader Trader, FakeMarket Market)> StartAsync()
    {
        var market = live.TakeMarket();
        return (await live.TraderAsync(("USDT", 10_000m)), market);
    }

    private async Task BuyAsync(LiveTrader trader, FakeMarket market, string protection)
    {
        await trader.AlertAsync($$"""{"ticker":"{{market.Id}}","action":"buy","quantity":"1","id":"entry",{{protection}}}""");
        await Until.True(
            async () => await live.ReadAsync(db => db.Positions.AnyAsync(p => p.AccountId == trader.AccountId && p.OpenedAt != null)),
            Patience
        );
    }

    private Task<Position> PositionAsync(LiveTrader trader) =>
        live.ReadAsync(db => db.Positions.AsNoTracking().SingleAsync(p => p.AccountId == trader.AccountId));

    private Task FlatAsync(LiveTrader trader) =>
        Until.True(
            async () => (await PositionAsync(trader)) is { ClosedAt: not null, Protection: null },
            Patience,
            () =>
                live.ReadAsync(db => db.Orders.Where(o => o.AccountId == trader.AccountId).ToListAsync())
                    .Result.Aggregate("", (text, o) => $"{text} {o.Leg} {o.Status} {o.Quantity} {o.Code};")
        );

    private Task<Order> RestingStopAsync(LiveTrader trader) =>
        OrderAsync(trader, o => o is { Origin: OrderOrigin.Protection, Status: OrderStatus.Open });

    private async Task<Order> OrderAsync(LiveTrader trader, Func<Order, bool> isSo)
    {
        Order? found = null;
        await Until.True(
            async () =>
                (
                    found = (
                        await live.ReadAsync(db => db.Orders.AsNoTracking().Where(o => o.AccountId == trader.AccountId).ToListAsync())
                    ).LastOrDefault(isSo)
                )
                    is not null,
            Patience
        );
        return found!;
    }
}
