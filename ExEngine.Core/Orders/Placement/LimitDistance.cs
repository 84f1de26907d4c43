using ExEngine.Core.Markets;

namespace ExEngine.Core.Orders.Placement;

/// <summary>How much worse than the market an order's limit is: what is that far through it was perhaps mistyped. Pure.</summary>
public static class LimitDistance
{
    private const decimal Most = 1_000_000;

    /// <summary>
    /// In percent of the best price on the other side, or of the stop price for a stop-limit order: 5 is 5 %, and 1000000 also stands for
    /// all above it. Null for an order without a limit, for a limit that is not through the market, and while no price is known.
    /// </summary>
    /// <param name="bid">Quote per base, as <paramref name="ask"/>.</param>
    /// <param name="last">Counts where the best price is not told.</param>
    public static decimal? Through(OrderInput order, decimal? bid, decimal? ask, decimal? last)
    {
        var market = order.Type switch
        {
            OrderType.Limit => (order.Side == OrderSide.Buy ? ask : bid) ?? last,
            OrderType.StopLimit => order.StopPrice,
            _ => null,
        };
        if (market is not > 0 || order.Price is not > 0)
        {
            return null;
        }

        var (price, at) = (order.Price.Value, market.Value);

        var percent =
            price / Most > at ? Most
            : order.Side == OrderSide.Buy ? ((price / at) - 1) * 100
            : (1 - (price / at)) * 100;
        return percent > 0 ? Math.Min(percent, Most) : null;
    }
}
