using ExEngine.Core.Markets;

namespace ExEngine.Core.Risk;

/// <summary>Trading state and limits as a person or a script states them; what is left out stays as it is.</summary>
public sealed record RiskInput
{
    public TradingState? State { get; set; }

    /// <summary>
    /// A halt stops protection and closes as well: stops stay where they rest, and nothing moves, places or sells. What is held is then
    /// unprotected. Default: false.
    /// </summary>
    public bool? HaltProtection { get; set; }

    /// <summary>All of them together: one that is left out in here has no limit afterwards.</summary>
    public RiskLimitInput? Limits { get; set; }
}

/// <summary>Null is no limit. Values are in the quote asset of whichever market an order is for.</summary>
public sealed record RiskLimitInput
{
    public decimal? MaxOrderValue { get; set; }
    public decimal? MaxPositionValue { get; set; }
    public int? MaxOpenOrders { get; set; }
    public decimal? MaxDailyLoss { get; set; }
    public int? MaxSignalsPerMinute { get; set; }

    public static RiskLimitInput Of(RiskSetting s) =>
        new()
        {
            MaxOrderValue = Shortest(s.MaxOrderValue),
            MaxPositionValue = Shortest(s.MaxPositionValue),
            MaxOpenOrders = s.MaxOpenOrders,
            MaxDailyLoss = Shortest(s.MaxDailyLoss),
            MaxSignalsPerMinute = s.MaxSignalsPerMinute,
        };

    // Databases differ in the zeros that they keep.
    private static decimal? Shortest(decimal? value) => value is { } known ? IncrementMath.Shortest(known) : null;
}
