using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

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
    public static ProtectionState WithStop(StopLossPlan stop, ProtectionState state, ProtectionContext c, decimal? last, bool grew)
    {
        var market = c.Market;
        if (state.Average is not { } average)
        {
            return state;
        }

        var high = Larger(state.High, last) ?? average;
        var trailing = Trailing(stop, high);
        var @fixed = OnTick(Fixed(stop, state, average, c), market);
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

    /// <summary>The stop of a plan that has not begun; null when it states none that is fixed.</summary>
    public static decimal? Fixed(StopLossPlan stop, decimal? average, Market market) =>
        OnTick(average is { } known ? Fixed(stop, known) : stop.Price, market);

    private static decimal? Fixed(StopLossPlan stop, ProtectionState state, decimal average, ProtectionContext c)
    {
        var level = Fixed(stop, average);
        return stop.BreakEven && state.HasSold ? Larger(level, BreakEven(average, c)) : level;
    }

    private static decimal? Fixed(StopLossPlan stop, decimal average)
    {
        var level = stop.Price;
        level = Larger(level, stop.Percent is { } percent ? average - (average * percent / 100) : null);
        return Larger(level, stop.Amount is { } amount ? average - amount : null);
    }

    // The average has the entry's fee in it where that was paid in base or in quote; one in a third asset is estimated. The exit's is still
    // to be paid.
    private static decimal BreakEven(decimal average, ProtectionContext c)
    {
        var fee = ProtectionHolding.Fee(c.Market);
        var isThird = Holding.Of(c.Position).Fees.Any(f => f.Value > 0 && f.Key != c.Market.Base && f.Key != c.Market.Quote);
        return (isThird ? average * (1 + fee) : average) / (1 - fee);
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
