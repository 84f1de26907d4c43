using System.Globalization;

namespace ExEngine.Core.Bots.Indicators;

/// <summary>Whether the conditions of a start are met, pure. What is not known, late or incomplete is not met.</summary>
public static class StartMath
{
    /// <summary>Closes before the first value that are asked for, to tell when a condition held last.</summary>
    public const int History = 100;

    /// <param name="candles">By their size.</param>
    /// <param name="now">UTC.</param>
    /// <param name="price">Quote per base: to tell what the values would be now. Nothing is decided by it.</param>
    /// <param name="isDeep">Look back for when each held last; else only as far as the decision needs.</param>
    public static StartLook Look(
        IReadOnlyList<IReadOnlyList<StartCondition>> groups,
        Func<StartCondition, CandleView> candles,
        DateTime now,
        decimal? price = null,
        bool isDeep = false
    )
    {
        var until = DateTime.MaxValue;
        var looks = new List<IReadOnlyList<ConditionLook>>();
        foreach (var group in groups)
        {
            looks.Add([.. group.Select(c => Look(c, candles(c), now, price, isDeep))]);
            foreach (var condition in group)
            {
                var next = CandleSizes.Begin(now, condition.Size) + condition.Size;
                until = next < until ? next : until;
            }
        }

        var closed = looks.Where(g => g.Count > 0 && g.All(c => c.Holds)).Select(g => g.Max(c => c.ClosedAt)).ToList();
        return new(closed.Count > 0, closed.Max(), until, looks);
    }

    private static ConditionLook Look(StartCondition condition, CandleView view, DateTime now, decimal? price, bool isDeep)
    {
        var nothing = new ConditionReading(null, null, null, false, null);
        if (view.Closes is not { } closes)
        {
            return new(condition, nothing, null, null, view.Problem ?? $"the {condition.Candle} candles are being read");
        }

        var (index, need) = (closes.Upto(now), Math.Max(2, condition.WarmUp));
        var last = index > 0 ? closes.EndOf(index - 1) : (DateTime?)null;
        var reading = ConditionMath.Read(condition, closes.Before(index, need + 1 + (isDeep ? History : 0)));
        double? running =
            price is { } at && index >= need ? ConditionMath.Value(condition, [.. closes.Before(index, need), (double)at]) : null;
        return new(condition, reading, running, last, Problem(condition, view, index, need, last, now));
    }

    private static string? Problem(StartCondition condition, CandleView view, int index, int need, DateTime? last, DateTime now)
    {
        var begin = CandleSizes.Begin(now, condition.Size);
        if (last < begin)
        {
            var which = string.Create(CultureInfo.InvariantCulture, $"{begin:yyyy-MM-dd HH:mm}");
            return $"the {condition.Candle} candle that closed at {which} UTC is not there yet"
                + (view.Problem is { } why ? $": {why}" : "");
        }

        return index < need ? $"{need} {condition.Candle} candles are needed, and {index} are there"
            : view.Closes!.Missing(index, need) is > 0 and var missing
                ? $"{missing} of the last {need} {condition.Candle} candles are missing"
            : null;
    }
}
