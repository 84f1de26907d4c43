using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Pages;

/// <summary>Positions with a gain and a loss, protected and not, long values among them; and closed ones, one with dust.</summary>
internal static class SamplePositions
{
    /// <returns>The protected one, which has fills and open orders.</returns>
    public static async Task<Guid> AddAsync(AppFactory app, SignalRows owner)
    {
        var rows = new OrderRows(app, owner);
        var btc = Price("BTC/USDT");
        var entry = decimal.Round(btc * 0.995m, 2);
        var now = app.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        await rows.AddAsync(
            o => Fill(o, now.AddHours(-3), OrderSide.Buy, 0.03m, entry),
            o => Fill(o, now.AddHours(-2), OrderSide.Buy, 0.02m, entry),
            o => Fill(o, now.AddHours(-1), OrderSide.Sell, 0.01m, btc),
            o =>
                (o.Origin, o.Leg, o.Side, o.Type, o.Price, o.StopPrice, o.Quantity, o.ReduceOnly) = (
                    OrderOrigin.Protection,
                    "stopLoss1",
                    OrderSide.Sell,
                    OrderType.Stop,
                    null,
                    decimal.Round(btc * 0.985m, 2),
                    0.03995m,
                    true
                ),
            o => (o.Price, o.Quantity) = (decimal.Round(btc * 0.99m, 2), 0.02m)
        );
        var plan = new ProtectionPlan
        {
            Id = Guid.NewGuid(),
            StopLoss = new StopLossPlan
            {
                Percent = 1,
                TrailPercent = 1.5m,
                BreakEven = true,
            },
            TakeProfits =
            [
                new TakeProfitPlan { Percent = 1.5m, Share = 50 },
                new TakeProfitPlan { Price = decimal.Round(btc * 1.02m, 2), Share = 50 },
            ],
            State = new ProtectionState { Stop = decimal.Round(btc * 0.985m, 2) },
        };
        await rows.AddPositionAsync(p => Set(p, "ETH/USDT", 1.2499m, 1.2499m * Price("ETH/USDT") * 1.021m));
        await rows.AddPositionAsync(p => Set(p, "SHIB/USDT", 1_250_000_000m, 1_250_000_000m * Price("SHIB/USDT") * 0.93m));
        await rows.AddPositionAsync(p =>
        {
            Set(p, "SOL/USDT", 0.0004m, 0.06m);
            (p.OpenedAt, p.ClosedAt, p.RealizedProfit) = (null, now.AddDays(-1), -12.4417m);
        });
        return await rows.AddPositionAsync(p =>
        {
            Set(p, "BTC/USDT", 0.03995m, 0.03995m * entry);
            (p.Protection, p.RealizedProfit, p.RoundTripProfit) = (plan.Write(), 41.2207m, 1.5m);
        });

        decimal Price(string symbol) => app.Get<PriceFeed>().Last(ExchangeInfo.Paper, symbol)!.Last;
    }

    private static void Fill(Order order, DateTime at, OrderSide side, decimal quantity, decimal price) =>
        (order.CreatedAt, order.Status, order.Type, order.Price, order.Side, order.Quantity, order.FilledQuantity, order.ExecutedCost) = (
            at,
            OrderStatus.Filled,
            OrderType.Market,
            null,
            side,
            quantity,
            quantity,
            quantity * price
        );

    private static void Set(Position position, string symbol, decimal quantity, decimal cost)
    {
        (position.Symbol, position.Base, position.Quote) = (symbol, symbol.Split('/')[0], symbol.Split('/')[1]);
        (position.Quantity, position.EntryCost) = (quantity, cost);
    }
}
