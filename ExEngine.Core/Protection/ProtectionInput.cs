using ExEngine.Core.Markets;

namespace ExEngine.Core.Protection;

/// <summary>Protection as a person or a script states it; the same in the form and over REST.</summary>
public sealed record ProtectionInput
{
    public IReadOnlyList<TakeProfitInput> TakeProfits { get; set; } = [];
    public StopLossInput? StopLoss { get; set; }

    /// <summary>
    /// It is meant although the market is at or beyond the stop or a target already, or no fresh price is known: then that sells at once.
    /// Default: false.
    /// </summary>
    public bool? Confirm { get; set; }

    /// <summary>What the form starts with.</summary>
    public static ProtectionInput Of(ProtectionPlan? plan) =>
        new()
        {
            TakeProfits =
            [
                .. (plan?.TakeProfits ?? []).Select(t => new TakeProfitInput
                {
                    Percent = t.Percent,
                    Price = t.Price,
                    Share = t.Share,
                }),
            ],
            StopLoss = plan?.StopLoss is { } stop
                ? new StopLossInput
                {
                    Percent = stop.Percent,
                    Price = stop.Price,
                    TrailingPercent = stop.TrailPercent,
                    BreakEven = stop.BreakEven,
                }
                : null,
        };

    internal ProtectionPlan ToPlan(Guid id) =>
        new()
        {
            Id = id,
            TakeProfits =
            [
                .. TakeProfits.Select(t => new TakeProfitPlan
                {
                    Percent = t.Percent,
                    Price = t.Price,
                    Share = t.Share ?? 100,
                    OrderType = OrderType.Limit,
                }),
            ],
            StopLoss = StopLoss is { } stop
                ? new StopLossPlan
                {
                    Percent = stop.Percent,
                    Price = stop.Price,
                    TrailPercent = stop.TrailingPercent,
                    BreakEven = stop.BreakEven ?? false,
                }
                : null,
        };
}

/// <summary>Exactly one of percent and price.</summary>
public sealed record TakeProfitInput
{
    /// <summary>Above the average entry: 2 is 2 %.</summary>
    public decimal? Percent { get; set; }

    /// <summary>Quote per base.</summary>
    public decimal? Price { get; set; }

    /// <summary>In percent of what is held, with what other targets have sold. Default: 100.</summary>
    public decimal? Share { get; set; }
}

/// <summary>At least one of percent, price and trailing percent; of several the highest stop counts.</summary>
public sealed record StopLossInput
{
    /// <summary>Below the average entry: 2 is 2 %.</summary>
    public decimal? Percent { get; set; }

    /// <summary>Quote per base.</summary>
    public decimal? Price { get; set; }

    /// <summary>Below the best price since entry: 2 is 2 %.</summary>
    public decimal? TrailingPercent { get; set; }

    /// <summary>After the first take-profit that sold, the stop is at least the average entry. Default: false.</summary>
    public bool? BreakEven { get; set; }
}
