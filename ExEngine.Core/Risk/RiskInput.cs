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

    /// <summary>
    /// What all value limits are in, of accounts and webhooks as well: 2 to 12 letters or digits, such as USDT, EUR or BTC. Of the user
    /// only. The numbers of limits stay as they are. Default: USDT.
    /// </summary>
    public string? Currency { get; set; }

    /// <summary>
    /// True: a drawdown that was reached does not count any more, and the highest profit begins anew with what it is now.
    /// </summary>
    public bool? ResetDrawdown { get; set; }

    /// <summary>All of them together: one that is left out in here has no limit afterwards.</summary>
    public RiskLimitInput? Limits { get; set; }
}

/// <summary>Null is no limit. Values and losses are in the user's reporting currency, whatever is traded.</summary>
public sealed record RiskLimitInput
{
    /// <summary>Value of one order.</summary>
    public decimal? MaxOrderValue { get; set; }

    /// <summary>Value of what is held of one symbol, with what is being bought of it.</summary>
    public decimal? MaxPositionValue { get; set; }

    /// <summary>Value of everything that is held, with what is being bought.</summary>
    public decimal? MaxExposure { get; set; }
    public int? MaxOpenOrders { get; set; }

    /// <summary>Realised since the user's day began; once reached only what closes positions is traded until the next.</summary>
    public decimal? MaxDailyLoss { get; set; }

    /// <summary>Of all open positions together; nothing is opened while it is reached.</summary>
    public decimal? MaxUnrealizedLoss { get; set; }

    /// <summary>
    /// How far realised and unrealised profit may fall below their highest since this was set; once reached nothing is opened until
    /// somebody resets it, or sets another limit.
    /// </summary>
    public decimal? MaxDrawdown { get; set; }
    public int? MaxSignalsPerMinute { get; set; }

    public static RiskLimitInput Of(RiskSetting s) =>
        new()
        {
            MaxOrderValue = Shortest(s.MaxOrderValue),
            MaxPositionValue = Shortest(s.MaxPositionValue),
            MaxExposure = Shortest(s.MaxExposure),
            MaxOpenOrders = s.MaxOpenOrders,
            MaxDailyLoss = Shortest(s.MaxDailyLoss),
            MaxUnrealizedLoss = Shortest(s.MaxUnrealizedLoss),
            MaxDrawdown = Shortest(s.MaxDrawdown),
            MaxSignalsPerMinute = s.MaxSignalsPerMinute,
        };

    // Databases differ in the zeros that they keep.
    private static decimal? Shortest(decimal? value) => value is { } known ? IncrementMath.Shortest(known) : null;
}
