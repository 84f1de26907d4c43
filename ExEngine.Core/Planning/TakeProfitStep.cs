using ExEngine.Core.Markets;

namespace ExEngine.Core.Planning;

/// <summary>
/// One take-profit order of a signal. Exactly one of <see cref="Percent"/>, <see cref="LimitPrice"/> and <see cref="Amount"/> is set.
/// </summary>
public sealed record TakeProfitStep
{
    /// <summary>Distance from the average entry in percent, above 0: 2 is 2 %.</summary>
    public decimal? Percent { get; init; }

    /// <summary>The price itself, quote per base.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Distance from the average entry in quote per base, above 0.</summary>
    public decimal? Amount { get; init; }

    /// <summary>How much of the position it closes, in percent of its size when the entry was filled; above 0, at most 100.</summary>
    public decimal Share { get; init; } = 100m;

    /// <summary>Limit: rests at its price. Market: the price is watched and a market order is sent when it is reached.</summary>
    public OrderType OrderType { get; init; } = OrderType.Limit;
}
