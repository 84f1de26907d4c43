using ExEngine.Core.Markets;

namespace ExEngine.Core.Orders.Placement;

/// <summary>The quantity at which a stop loses a stated amount. Pure.</summary>
public static class RiskSize
{
    /// <summary>
    /// In base, rounded down to the steps, fees and slippage not counted; null when entry and stop are the same price, or one of the
    /// numbers is not above 0.
    /// </summary>
    /// <param name="risk">In quote: what may be lost.</param>
    /// <param name="entry">Quote per base, as <paramref name="stop"/>.</param>
    public static decimal? Quantity(decimal risk, decimal entry, decimal stop, Increments steps) =>
        risk > 0 && entry > 0 && stop > 0 && entry != stop ? ExactCost.QuantityWithin(risk, Math.Abs(entry - stop), steps) : null;
}
