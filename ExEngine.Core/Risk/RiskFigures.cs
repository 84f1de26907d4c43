namespace ExEngine.Core.Risk;

/// <summary>What limits are held against now, in the reporting currency; null is unknown now, which is not zero.</summary>
/// <param name="Exposure">Everything that is held, at market, and what is being bought.</param>
/// <param name="Unrealized">Of all open positions; negative is a loss.</param>
/// <param name="Drawdown">How far the profit is below its highest; null as well while there is no such limit.</param>
/// <param name="RealizedToday">Since the user's day began; negative is a loss.</param>
/// <param name="TotalProfit">Realised ever, and unrealised.</param>
/// <param name="Rates">What they were converted with.</param>
public sealed record RiskFigures(
    decimal? Exposure,
    decimal? Unrealized,
    decimal? Drawdown,
    decimal? RealizedToday,
    decimal? TotalProfit,
    IReadOnlyList<Rate> Rates
)
{
    /// <summary>Of one symbol: what is held at market, and what is being bought.</summary>
    public decimal? LargestPosition { get; init; }

    /// <summary>Those that count for the limit; null when nobody has counted.</summary>
    public int? OpenOrders { get; init; }

    /// <summary>Accepted in the last minute.</summary>
    public int? SignalsLastMinute { get; init; }
}
