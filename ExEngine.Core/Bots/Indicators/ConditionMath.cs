namespace ExEngine.Core.Bots.Indicators;

/// <summary>
/// What conditions say about closes. The last close is that of the last candle that is over: never of one that still runs. A value is
/// counted from the last <see cref="StartCondition.WarmUp"/> closes up to its own, however many there are.
/// </summary>
public static class ConditionMath
{
    /// <param name="closes">Oldest first.</param>
    public static ConditionReading Read(StartCondition condition, ReadOnlySpan<double> closes)
    {
        if (Value(condition, closes) is not { } now)
        {
            return new(null, null, null, false, null);
        }

        var (before, value) = (Value(condition, closes[..^1]), (double?)now);
        var (first, holds) = (before, Holds(condition, now, before));
        int? lastTrue = holds ? 0 : null;
        for (var back = 1; lastTrue is null && before is { } at; back++)
        {
            var earlier = Value(condition, closes[..^(back + 1)]);
            lastTrue = Holds(condition, at, earlier) ? back : null;
            before = earlier;
        }

        return new(value, first, (double)condition.Level - now, holds, lastTrue);
    }

    /// <summary>At the last close; null when there are too few of them.</summary>
    public static double? Value(StartCondition condition, ReadOnlySpan<double> closes)
    {
        var count = Math.Max(2, condition.WarmUp);
        return closes.Length < count ? null : Values(condition, closes[^count..])[^1];
    }

    /// <summary>All of one group, or of any group, hold. No groups at all hold never.</summary>
    public static bool Hold(IReadOnlyList<IReadOnlyList<StartCondition>> groups, Func<StartCondition, ConditionReading> read) =>
        groups.Any(group => group.Count > 0 && group.All(c => read(c).Holds));

    private static double[] Values(StartCondition c, ReadOnlySpan<double> closes) =>
        c.Kind switch
        {
            IndicatorKind.Rsi => IndicatorMath.Rsi(closes, c.Fast),
            IndicatorKind.EmaCross => Difference(IndicatorMath.Ema(closes, c.Fast), IndicatorMath.Ema(closes, c.Slow)),
            IndicatorKind.SmaCross => Difference(IndicatorMath.Sma(closes, c.Fast), IndicatorMath.Sma(closes, c.Slow)),
            IndicatorKind.BollingerPercent => IndicatorMath.BollingerPercent(closes, c.Fast, (double)c.Width),
            IndicatorKind.Macd => Macd(IndicatorMath.Macd(closes, c.Fast, c.Slow)),
            _ => IndicatorMath.Change(closes, c.Fast),
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

    // A cross needs both closes.
    private static bool Holds(StartCondition c, double now, double? before)
    {
        var level = (double)c.Level;
        return c.Comparison switch
        {
            Comparison.Below => now < level,
            Comparison.Above => now > level,
            Comparison.CrossesUp => now >= level && before < level,
            _ => now <= level && before > level,
        };
    }
}

/// <summary>What a condition says now.</summary>
/// <param name="Value">At the last close; null until there are closes enough.</param>
/// <param name="Before">At the close before.</param>
/// <param name="Distance">Level less value: how far it is from the trigger.</param>
/// <param name="Holds">It holds, until the next close.</param>
/// <param name="ClosesSinceTrue">How many closes ago it held last: 0 for now; null for never in what was given.</param>
public sealed record ConditionReading(double? Value, double? Before, double? Distance, bool Holds, int? ClosesSinceTrue);
