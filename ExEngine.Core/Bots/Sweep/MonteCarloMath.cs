using ExEngine.Core.Bots.Backtest;

namespace ExEngine.Core.Bots.Sweep;

/// <summary>Other ways that the same days could have gone.</summary>
public static class MonteCarloMath
{
    public const int Scenarios = 200;
    private const int BlockDays = 5;
    private const int LeastDays = 10;

    /// <param name="curve">Of the equity.</param>
    /// <param name="start">Equity at the begin, in quote.</param>
    /// <returns>Null with fewer than ten days.</returns>
    public static MonteCarlo? Of(IReadOnlyList<BacktestPoint> curve, decimal start, int seed)
    {
        var days = curve.GroupBy(p => p.At.AddTicks(-1).Date).Select(g => g.Last().Equity).ToList();
        if (days.Count < LeastDays || start <= 0)
        {
            return null;
        }

        var changes = days.Select((equity, i) => equity - (i == 0 ? start : days[i - 1])).ToArray();
        var random = new Random(seed);
        var (profits, drawdowns) = (new List<decimal>(), new List<decimal>());
        for (var i = 0; i < Scenarios; i++)
        {
            profits.Add(Blocks(changes, random).Sum() / start * 100);
            var shuffled = changes.ToArray();
            random.Shuffle(shuffled);
            drawdowns.Add(Drawdown(shuffled) / start * 100);
        }

        return new(Scenarios, BlockDays, Quantiles(profits), Quantiles(drawdowns));
    }

    private static IEnumerable<decimal> Blocks(decimal[] changes, Random random)
    {
        var done = 0;
        while (done < changes.Length)
        {
            var from = random.Next(changes.Length);
            for (var i = 0; i < BlockDays && done < changes.Length; i++, done++)
            {
                yield return changes[(from + i) % changes.Length];
            }
        }
    }

    private static decimal Drawdown(decimal[] changes)
    {
        var (sum, peak, deepest) = (0m, 0m, 0m);
        foreach (var change in changes)
        {
            sum += change;
            peak = Math.Max(peak, sum);
            deepest = Math.Max(deepest, peak - sum);
        }

        return deepest;
    }

    private static Quantiles Quantiles(List<decimal> values)
    {
        values.Sort();
        return new(At(5), At(50), At(95));

        decimal At(int percent) => Math.Round(values[Math.Min(values.Count - 1, values.Count * percent / 100)], 4);
    }
}
