using System.Globalization;

namespace ExEngine.Core.Bots.Indicators;

/// <summary>Conditions and what they wait for in words.</summary>
public static class StartWords
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary><c>RSI 14 on 1h below 30</c>.</summary>
    public static string Of(StartCondition c)
    {
        var level = c.Level.ToString("0.########", Plain);
        var (name, other) = c.Kind switch
        {
            IndicatorKind.Rsi => ($"RSI {c.Fast}", null),
            IndicatorKind.EmaCross => ($"EMA {c.Fast}", $"EMA {c.Slow}"),
            IndicatorKind.SmaCross => ($"SMA {c.Fast}", $"SMA {c.Slow}"),
            IndicatorKind.BollingerPercent => ($"Bollinger %B {c.Fast}", null),
            IndicatorKind.Macd => ($"MACD {c.Fast}/{c.Slow}", (string?)"its signal"),
            _ => ($"change over {c.Fast}", null),
        };
        var unit = c.Kind == IndicatorKind.Change ? " %" : "";
        var how = c.Comparison switch
        {
            Comparison.Below => "below",
            Comparison.Above => "above",
            Comparison.CrossesUp => "crossing up",
            _ => "crossing down",
        };
        return other is null ? $"{name} on {c.Candle} {how} {level}{unit}"
            : c.Level == 0 ? $"{name} on {c.Candle} {how} {other}"
            : $"{name} less {other} on {c.Candle} {how} {level}";
    }

    /// <summary>Of the group that holds: <c>RSI 14 on 1h below 30 (28.4)</c>; empty while none does.</summary>
    public static string Met(StartLook look) =>
        string.Join(
            " and ",
            (look.Groups.FirstOrDefault(g => g.Count > 0 && g.All(c => c.Holds)) ?? []).Select(c =>
                $"{Of(c.Condition)} ({Number(c.Reading.Value!.Value)})"
            )
        );

    /// <summary>What is waited for: <c>RSI 14 on 1h below 30: now 41.2, 11.2 away</c>; groups with "or" between them.</summary>
    public static string Waits(StartLook look) =>
        string.Join("; or ", look.Groups.Select(g => string.Join(" and ", g.Select(c => $"{Of(c.Condition)}: {State(c)}"))));

    private static string State(ConditionLook look)
    {
        if (look.Problem is { } problem)
        {
            return problem;
        }

        var (value, level) = ((look.Now ?? look.Reading.Value)!.Value, (double)look.Condition.Level);
        var text = $"now {Number(value)}";
        return look.Holds
            ? $"{text}, met at the last close ({Number(look.Reading.Value!.Value)})"
            : look.Condition.Comparison switch
            {
                Comparison.CrossesUp when value >= level => $"{text}, above already: it must come from below",
                Comparison.CrossesDown when value <= level => $"{text}, below already: it must come from above",
                Comparison.Below when value < level => $"{text}, to be so when its candle closes",
                Comparison.Above when value > level => $"{text}, to be so when its candle closes",
                _ => $"{text}, {Number(Math.Abs(level - value))} away",
            };
    }

    /// <summary>Four digits that count: it is looked at, not traded.</summary>
    private static string Number(double value)
    {
        var digits = value == 0 ? 0 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 12);
        return Math.Round(value, digits).ToString("0.############", Plain);
    }
}
