using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Positions;
using ExEngine.Tests.Positions;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Portfolio;

public sealed class PositionExitTests
{
    private static readonly Guid Plan = Guid.NewGuid();

    private static readonly Market Btc = new()
    {
        Exchange = "paper",
        Symbol = "BTC/USDT",
        ExchangeSymbol = "BTCUSDT",
        Base = "BTC",
        Quote = "USDT",
        PriceIncrements = Increments.Tick(0.01m),
    };

    [Fact]
    public void Stop_SaysWhatWasSoldWithItsPriceAndProfit()
    {
        var stop = Order(OrderOrigin.Protection, "stopLoss.2", Plan, stopPrice: 100_800m);

        Words((Sell(1, 0.00099m, 100_721.09m, -0.2134m), stop))
            .ShouldBe("Sold 0.00099 BTC at 100,721.09, −0.21 USDT: the stop at 100,800 was hit.");
    }

    [Fact]
    public void PartsOfOneStop_AreOneSaleAtTheirAverage()
    {
        var (one, other) = (
            Order(OrderOrigin.Protection, "stopLoss.1", Plan, stopPrice: 90m),
            Order(OrderOrigin.Protection, "stopLoss.2", Plan, stopPrice: 90m)
        );

        var exit = PositionExit.Last([(Sell(1, 1m, 90m, -10m), one), (Sell(2, 3m, 88m, -36m), other)]).ShouldNotBeNull();

        (exit.Quantity, exit.Price, exit.Profit, exit.Level).ShouldBe((4m, 88.5m, -46m, 90m));
    }

    [Fact]
    public void WatchedStop_HasNoPriceOfItsOwn() =>
        Words((Sell(1, 1m, 90m, 0.004m), Order(OrderOrigin.Protection, "stopLoss.1", Plan)))
            .ShouldEndWith(", +0.004 USDT: the stop was hit.");

    [Theory]
    [InlineData(OrderOrigin.Protection, "takeProfit1.1", "the target at 110 was reached")]
    [InlineData(OrderOrigin.Button, "exit", "closed by hand")]
    [InlineData(OrderOrigin.Button, "order", "an order by hand")]
    [InlineData(OrderOrigin.Signal, "exit", "a signal said so")]
    [InlineData(OrderOrigin.Bot, "grid.1", "a bot did so")]
    public void OtherWays_AreNamed(OrderOrigin origin, string leg, string why) =>
        Words((Sell(1, 1m, 110m, 10m), Order(origin, leg, Plan, price: 110m))).ShouldBe($"Sold 1 BTC at 110, +10 USDT: {why}.");

    [Fact]
    public void NewestCause_IsTold()
    {
        var target = Order(OrderOrigin.Protection, "takeProfit1.1", Plan, price: 110m);
        var closed = Order(OrderOrigin.Button, "exit", Guid.NewGuid());

        var exit = PositionExit.Last([(Sell(2, 1m, 100m, 1m), closed), (Sell(1, 2m, 110m, 20m), target)]).ShouldNotBeNull();

        (exit.Cause, exit.Quantity).ShouldBe((ExitCause.Close, 1m));
    }

    [Fact]
    public void NothingSold_SaysNothing()
    {
        PositionExit.Last([]).ShouldBeNull();
        PositionExit.Last([(Fills.Buy(1, 1m, 100m), Order(OrderOrigin.Button, "order", Plan))]).ShouldBeNull();
        var moved = Sell(1, 1m, 100m, 0);
        moved.Kind = FillKind.Adjustment;
        PositionExit.Last([(moved, Order(OrderOrigin.Button, "order", Plan))]).ShouldBeNull();
    }

    private static string Words(params (Fill Fill, Order Order)[] fills) =>
        PositionExit.Last(fills).ShouldNotBeNull().Words("BTC", "USDT", Btc);

    private static Fill Sell(int tradeId, decimal quantity, decimal price, decimal profit)
    {
        var fill = Fills.Sell(tradeId, quantity, price);
        fill.RealizedProfit = profit;
        return fill;
    }

    private static Order Order(OrderOrigin origin, string leg, Guid originId, decimal? price = null, decimal? stopPrice = null) =>
        new()
        {
            Id = Guid.NewGuid(),
            Origin = origin,
            OriginId = originId,
            Leg = leg,
            ClientId = "id",
            Symbol = "BTC/USDT",
            Side = OrderSide.Sell,
            Price = price,
            StopPrice = stopPrice,
        };
}
