using System.Globalization;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Portfolio;

/// <summary>What was last sold of a position and why, from the orders and fills on record.</summary>
/// <param name="At">UTC, by the exchange's clock: the last of its fills.</param>
/// <param name="Quantity">In base, before fees.</param>
/// <param name="Price">Quote per base: the average of its fills.</param>
/// <param name="Profit">In quote, after fees: what its fills realised.</param>
/// <param name="Level">Quote per base: the price of the stop or the target; null where the cause has none.</param>
public sealed record PositionExit(DateTime At, decimal Quantity, decimal Price, decimal Profit, ExitCause Cause, decimal? Level)
{
    /// <summary>The newest sale; orders of one cause and one origin, such as the parts of a close, are one.</summary>
    /// <param name="fills">Of one position, each with the order behind it; bought ones count for nothing.</param>
    /// <returns>Null while nothing was sold by an order.</returns>
    public static PositionExit? Last(IEnumerable<(Fill Fill, Order Order)> fills)
    {
        var sales = fills.Where(f => f.Fill is { Side: OrderSide.Sell, Kind: FillKind.Trade }).ToList();
        if (sales.Count == 0)
        {
            return null;
        }

        var newest = sales.MaxBy(f => (f.Fill.At, f.Fill.Id));
        var cause = CauseOf(newest.Order);
        var one = sales
            .Where(f => f.Order.OriginId == newest.Order.OriginId && CauseOf(f.Order) == cause)
            .Where(f => cause != ExitCause.Target || f.Order.Id == newest.Order.Id)
            .ToList();
        var quantity = one.Sum(f => f.Fill.Quantity);
        return new PositionExit(
            newest.Fill.At,
            quantity,
            one.Sum(f => f.Fill.Cost) / quantity,
            one.Sum(f => f.Fill.RealizedProfit),
            cause,
            cause switch
            {
                ExitCause.Stop => newest.Order.StopPrice,
                ExitCause.Target => newest.Order.Price ?? newest.Order.ReferencePrice,
                _ => null,
            }
        );
    }

    /// <summary>"Sold 0.00099 BTC at 100,721.09, −0.21 USDT: the stop at 100,800 was hit."</summary>
    /// <param name="market">Its rules say how many digits a price has; null while they are not known.</param>
    public string Words(string baseAsset, string quoteAsset, Market? market)
    {
        var why = Cause switch
        {
            ExitCause.Stop => Level is { } stop ? $"the stop at {Text(stop)} was hit" : "the stop was hit",
            ExitCause.Target => Level is { } target ? $"the target at {Text(target)} was reached" : "a target was reached",
            ExitCause.Close => "closed by hand",
            ExitCause.Signal => "a signal said so",
            ExitCause.Bot => "a bot did so",
            _ => "an order by hand",
        };
        var profit = decimal.Round(Profit, decimal.Round(Profit, 2) == 0 ? 8 : 2);
        var sign =
            profit > 0 ? "+"
            : profit < 0 ? "−"
            : "";
        return $"Sold {Text(Quantity)} {baseAsset} at {Text(OnTick(Price, market))}, {sign}{Text(Math.Abs(profit))} {quoteAsset}: {why}.";
    }

    private static ExitCause CauseOf(Order order) =>
        order.Origin switch
        {
            OrderOrigin.Protection => order.Leg.StartsWith("takeProfit", StringComparison.Ordinal) ? ExitCause.Target : ExitCause.Stop,
            OrderOrigin.Signal => ExitCause.Signal,
            OrderOrigin.Bot => ExitCause.Bot,
            _ => order.Leg.StartsWith("exit", StringComparison.Ordinal) ? ExitCause.Close : ExitCause.Order,
        };

    // An average has more digits than a price can have.
    private static decimal OnTick(decimal price, Market? market) =>
        decimal.Round(price, market?.PriceIncrements.IncrementAt(price) is { } tick ? IncrementMath.Shortest(tick).Scale : 8);

    private static string Text(decimal number) => number.ToString("#,0.############################", CultureInfo.InvariantCulture);
}

/// <summary>Why something of a position was sold.</summary>
public enum ExitCause
{
    Stop,
    Target,

    /// <summary>Somebody pressed close.</summary>
    Close,
    Signal,
    Bot,

    /// <summary>A sell order that a person placed.</summary>
    Order,
}
