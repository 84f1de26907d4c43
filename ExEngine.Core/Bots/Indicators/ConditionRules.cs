namespace ExEngine.Core.Bots.Indicators;

/// <summary>What conditions of a start must state.</summary>
public static class ConditionRules
{
    public const int MostGroups = 5;
    public const int MostInGroup = 5;
    private const int MostLength = 200;
    private const decimal MostLevel = 1_000_000_000;

    /// <returns>What is wrong, by place: <c>Conditions[0][1].Length</c>.</returns>
    public static IEnumerable<(string Field, string Message)> Check(IReadOnlyList<IReadOnlyList<StartCondition>>? groups)
    {
        const string All = "Conditions";
        if (groups is null || groups.Any(g => g is null || g.Any(c => c is null)))
        {
            return
            [
                (All, "Conditions are a list of groups, each a list of conditions, such as [[{\"kind\": \"rsi\", \"level\": \"30\"}]]."),
            ];
        }

        return groups.Count > MostGroups ? [(All, $"There are {groups.Count} groups of conditions; at most {MostGroups} are allowed.")]
            : groups.Any(g => g.Count is 0 or > MostInGroup)
                ? [(All, $"A group has 1 to {MostInGroup} conditions; take an empty one out, or split a long one.")]
            : groups.SelectMany((g, i) => g.SelectMany((c, j) => Check(c).Select(e => ($"{All}[{i}][{j}].{e.Field}", e.Message))));
    }

    private static IEnumerable<(string Field, string Message)> Check(StartCondition c)
    {
        if (c.Candle is null || !CandleSizes.All.ContainsKey(c.Candle))
        {
            yield return ("Candle", $"The candle is \"{c.Candle}\"; {string.Join(", ", CandleSizes.All.Keys)} are known: state one.");
        }

        var least = c.Kind == IndicatorKind.Change ? 1 : 2;
        if (c.Fast < least || c.Fast > MostLength)
        {
            yield return ("Length", $"The length is {c.Fast}; {least} to {MostLength} candles are allowed.");
        }

        if (c.IsCross && (c.Slow <= c.Fast || c.Slow > MostLength))
        {
            yield return ("Slow", $"The slow length is {c.Slow}; it is above the fast one, {c.Fast}, and at most {MostLength}.");
        }

        if (c.Width is <= 0 or > 10)
        {
            yield return ("Width", $"The width is {c.Width} deviations; it is above 0 and at most 10.");
        }

        if (c.Kind == IndicatorKind.Rsi ? c.Level is <= 0 or >= 100 : Math.Abs(c.Level) > MostLevel)
        {
            yield return (
                "Level",
                c.Kind == IndicatorKind.Rsi
                    ? $"The level of RSI is {c.Level}; it is above 0 and below 100: state one such as 30."
                    : $"The level is {c.Level}; it is between -{MostLevel} and {MostLevel}."
            );
        }
    }
}
