using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Protection;

/// <summary>
/// What is held for certain by what the exchange executed: its list of trades may tell later, and coins do not wait for that without a
/// stop. Executed buys that the position does not know yet count less the fee that they probably cost, until their trades correct it.
/// </summary>
/// <param name="Quantity">In base: bought, whatever sells have executed that the position does not know yet.</param>
/// <param name="Cost">In quote.</param>
/// <param name="IsEstimate">Trades of a buy are still to come.</param>
internal sealed record ProtectionHolding(decimal Quantity, decimal Cost, bool IsEstimate)
{
    // Where the exchange states no rate: above what the large ones take, so that the stop is never for more than there is.
    private const decimal UsualFee = 0.002m;

    public decimal? Average => Quantity > 0 ? Cost / Quantity : null;

    public static ProtectionHolding Of(ProtectionContext c)
    {
        var untold = c.Orders.Where(o => o.Side == OrderSide.Buy && o.Uncounted() > 0).ToList();
        return new ProtectionHolding(
            c.Position.Quantity + untold.Sum(o => o.Uncounted() * (1 - Fee(c.Market))),
            c.Position.EntryCost + untold.Sum(o => o.Uncounted() * (o.AveragePrice is > 0 and var price ? price : o.Price ?? 0)),
            untold.Count > 0
        );
    }

    /// <summary>The taker's rate, as a fraction.</summary>
    public static decimal Fee(Market market) => Math.Max(market.TakerFee ?? UsualFee, 0);
}
