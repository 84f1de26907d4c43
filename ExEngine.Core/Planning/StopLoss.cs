using ExEngine.Core.Markets;

namespace ExEngine.Core.Planning;

/// <summary>
/// The stop-loss of a signal. A stop and a stop-limit state exactly one of <see cref="Percent"/>, <see cref="Amount"/> and
/// <see cref="StopPrice"/>; a trailing stop exactly one of <see cref="TrailPercent"/> and <see cref="TrailAmount"/>.
/// </summary>
public sealed record StopLoss
{
    /// <summary>Stop, StopLimit or TrailingStop.</summary>
    public OrderType OrderType { get; init; } = OrderType.Stop;

    /// <summary>Distance from the average entry in percent, above 0: 2 is 2 %.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Distance from the average entry in quote per base, above 0.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The price that triggers it, quote per base.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>The limit of a stop-limit, quote per base; null: the price that triggers it.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Distance of a trailing stop from the best price since entry, in quote per base.</summary>
    public decimal? TrailAmount { get; init; }

    /// <summary>Distance of a trailing stop from the best price since entry, in percent.</summary>
    public decimal? TrailPercent { get; init; }

    /// <summary>After the first take-profit is filled, the stop moves to the average entry.</summary>
    public bool BreakEven { get; init; }
}
