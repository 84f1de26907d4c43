using ExEngine.Core.Markets;

namespace ExEngine.Core.Protection;

/// <summary>The prices of a plan, in quote per base, rounded up to the tick as the price of every sell.</summary>
internal static class ProtectionPrices
{
    /// <summary>A trailing stop moves when it gains this part of its distance: each move is a cancel and an order.</summary>
    private const decimal TrailingStep = 0.1m;

    /// <summary>How far below its stop a stop-limit sells when the plan does not say.</summary>
    private const decimal LimitBelowStop = 0.005m;

    public static decimal? TakeProfit(TakeProfitPlan step, ProtectionState state, Market market) =>
        (step, state.Average) switch
        {
            ({ Price: { } price }, _) => OnTick(price, market),
            ({ Percent: { } percent }, { } average) => OnTick(average + (average * percent / 100), market),
            ({ Amount: { } amount }, { } average) => OnTick(average + amount, market),
            _ => null,
        };

    /// <summary>The state with the stop where it belongs at this price; unchanged when the move would not matter.</summary>
    /// <param name="grew">The position has grown: its average is another one, and the stop is computed anew.</param>
    public static ProtectionState WithStop(StopLossPlan stop, ProtectionState state, Market market, decimal? last, bool grew)
    {
        if (state.Average is not { } average)
        {
            return state;
        }

        var high = Larger(state.High, last) ?? average;
        var trailing = Trailing(stop, high);
        var @fixed = OnTick(Fixed(stop, state, average), market);
        var level = Larger(@fixed, OnTick(trailing, market));
        if (level is null || (!grew && level <= state.Stop))
        {
            return state;
        }

        // Only a trailing part waits until its move matters.
        var isSmall = !grew && state.Stop is { } now && !(@fixed > now) && level - now < (high - trailing) * TrailingStep;
        return isSmall || (level == state.Stop && high == state.High)
            ? state
            : state with
            {
                Stop = level,
                High = trailing is null ? state.High : high,
            };
    }

    /// <summary>The limit of a stop-limit; below the stop.</summary>
    public static decimal Limit(StopLossPlan stop, decimal level, Market market)
    {
        var limit = stop.LimitPrice ?? OnTick(level * (1 - LimitBelowStop), market) ?? level;
        return limit < level ? limit : level;
    }

    private static decimal? Fixed(StopLossPlan stop, ProtectionState state, decimal average)
    {
        var level = stop.Price;
        level = Larger(level, stop.Percent is { } percent ? average - (average * percent / 100) : null);
        level = Larger(level, stop.Amount is { } amount ? average - amount : null);
        return stop.BreakEven && state.HasSold ? Larger(level, average) : level;
    }

    private static decimal? Trailing(StopLossPlan stop, decimal high) =>
        Larger(
            stop.TrailPercent is { } percent ? high - (high * percent / 100) : null,
            stop.TrailAmount is { } amount ? high - amount : null
        );

    private static decimal? OnTick(decimal? level, Market market) =>
        level is > 0 and var price && market.PriceIncrements.Up(price) is { } above ? above : null;

    private static decimal? Larger(decimal? one, decimal? other) => one > other || other is null ? one : other;
}
