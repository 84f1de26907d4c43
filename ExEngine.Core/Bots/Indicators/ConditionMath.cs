namespace ExEngine.Core.Bots.Indicators;

/// <summary>
/// What conditions say about closes. The last close is that of the last candle that is over: never of one that still runs.
/// </summary>
public static class ConditionMath
{
    /// <param name="closes">Oldest first.</param>
    public static ConditionReading Read(StartCondition condition, ReadOnlySpan<double> closes)
    {
        if (closes.Length < Math.Max(2, condition.WarmUp))
        {
            return new(null, null, null, false, null);
        }

        var values = Values(condition, closes);
        var (now, before) = (values[^1], values[^2]);
        int? lastTrue = null;
        for (var i = values.Length - 1; i > 0 && lastTrue is null; i--)
        {
            lastTrue = Holds(condition, values[i], values[i - 1]) ? values.Length - 1 - i : null;
        }

        return new(now, before, condition.Level - now, lastTrue == 0, lastTrue);
    }

    /// <summary>All of one group, or of any group, hold. No groups at all hold never.</summary>
    public static bool Hold(IReadOnlyList<IReadOnlyList<StartCondition>> groups, Func<StartCondition, ConditionReading> read) =>
        groups.Any(group => group.Count > 0 && group.All(c => read(c).Holds));

    private static double[] Values(StartCondition c, ReadOnlySpan<double> closes) =>
        c.Kind switch
        {
            IndicatorKind.Rsi => IndicatorMath.Rsi(closes, c.Length),
            IndicatorKind.EmaCross => Difference(IndicatorMath.Ema(closes, c.Length), IndicatorMath.Ema(closes, c.Slow)),
            IndicatorKind.SmaCross => Difference(IndicatorMath.Sma(closes, c.Length), IndicatorMath.Sma(closes, c.Slow)),
            IndicatorKind.BollingerPercent => IndicatorMath.BollingerPercent(closes, c.Length, c.Width),
            IndicatorKind.Macd => Macd(IndicatorMath.Macd(closes, c.Length, c.Slow)),
            _ => IndicatorMath.Change(closes, c.Length),
        };

    private static double[] Macd((double[] Line, double[] Signal) macd) => Difference(macd.Line, macd.Signal);

    private static double[] Difference(double[] one, double[] other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            one[i] -= other[i];
        }

        return one;
    }

    private static bool Holds(StartCondition c, double now, double before) =>
        c.Comparison switch
        {
            Comparison.Below => now < c.Level,
            Comparison.Above => now > c.Level,
            Comparison.CrossesUp => now >= c.Level && before < c.Level,
            _ => now <= c.Level && before > c.Level,
        };
}

/// <summary>What a condition says now.</summary>
/// <param name="Value">At the last close; null until there are closes enough.</param>
/// <param name="Before">At the close before.</param>
/// <param name="Distance">Level less value: how far it is from the trigger.</param>
/// <param name="Holds">It holds, until the next close.</param>
/// <param name="ClosesSinceTrue">How many closes ago it held last: 0 for now; null for never in what was given.</param>
public sealed record ConditionReading(double? Value, double? Before, double? Distance, bool Holds, int? ClosesSinceTrue);
