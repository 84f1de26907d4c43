namespace ExEngine.Core.Bots.Sweep;

/// <summary>Which settings a sweep tries, and how they are judged.</summary>
public static class SweepMath
{
    // A drawdown below this share of the start is counted as this: dividing by next to nothing makes anything look good.
    private const decimal LeastDrawdown = 0.001m;

    // Numbers and steps beyond these are no settings.
    private const decimal Most = 1e12m;
    private const decimal Least = 1e-12m;

    /// <summary>What a parameter takes, in order; null when it does not say.</summary>
    public static IReadOnlyList<decimal>? Values(SweepParameter parameter)
    {
        if (string.IsNullOrEmpty(parameter.Path) || parameter.From is < -Most or > Most || parameter.To is < -Most or > Most)
        {
            return null;
        }

        if (parameter.Values is { } stated)
        {
            return [.. stated.Distinct().Order()];
        }

        if (parameter is not { From: { } from, To: { } to, Step: > Least and { } step } || to < from)
        {
            return null;
        }

        var count = (to - from) / step;
        return count > SweepInputValidator.MostValues ? null : [.. Enumerable.Range(0, (int)count + 1).Select(i => from + (i * step))];
    }

    public static decimal Combinations(IReadOnlyList<SweepParameter> parameters) =>
        parameters.Aggregate(1m, (product, p) => product * (Values(p)?.Count ?? 0));

    /// <summary>By parameter the index of its value; the same input gives the same list.</summary>
    public static IReadOnlyList<int[]> Points(SweepInput input)
    {
        var counts = input.Parameters.Select(p => Values(p)!.Count).ToArray();
        var all = Combinations(input.Parameters);
        if (input.Method == SweepMethod.Grid || all <= input.Runs)
        {
            return [.. Enumerable.Range(0, (int)all).Select(i => Point(i, counts))];
        }

        var random = new Random(input.Seed);
        var (drawn, points) = (new HashSet<string>(StringComparer.Ordinal), new List<int[]>());
        while (points.Count < input.Runs)
        {
            var point = counts.Select(c => random.Next(c)).ToArray();
            if (drawn.Add(string.Join(',', point)))
            {
                points.Add(point);
            }
        }

        return points;
    }

    /// <summary>Higher is better; null when a limit is broken, or nothing was ever bought.</summary>
    public static decimal? Score(SweepInput input, SweepWindow window) =>
        window.Fills == 0 || window.MaxDrawdownPercent > input.MaxDrawdownPercent || window.MostFunds > input.MaxFunds ? null
        : input.Objective == SweepObjective.Profit ? window.ProfitPercent
        : window.ProfitPercent / Math.Max(window.MaxDrawdownPercent, LeastDrawdown * 100);

    /// <summary>The best on the train window; of equals the first. Null when every one breaks a limit.</summary>
    public static SweepRun? Best(IReadOnlyList<SweepRun> runs) => runs.Where(r => r.TrainScore is not null).MaxBy(r => r.TrainScore);

    /// <summary>One step away in one setting.</summary>
    public static IReadOnlyList<SweepRun> Neighbours(SweepRun best, IReadOnlyList<SweepRun> runs) =>
        [.. runs.Where(r => r.Point.Zip(best.Point).Sum(p => Math.Abs(p.First - p.Second)) == 1)];

    /// <summary>Why a result is to be doubted, in words.</summary>
    public static IReadOnlyList<string> Warnings(SweepRun? best, IReadOnlyList<SweepRun> neighbours, int trainPercent)
    {
        if (best is null)
        {
            return ["No settings kept the limits and traded at all; widen the limits, or try others."];
        }

        List<string> warnings = [];

        // Per time, since the windows are not equally long.
        var (train, test) = (best.Train.ProfitPercent / trainPercent, best.Test.ProfitPercent / (100 - trainPercent));
        if (train > 0 && test < train / 2)
        {
            warnings.Add(
                $"On the test window it earned {best.Test.ProfitPercent:0.##} %, less than half of what the train window promised for that time: it is fitted to the past."
            );
        }

        var known = neighbours.Where(n => n.TrainScore is not null).ToList();
        if (
            neighbours.Count > 0
            && best.TrainScore > 0
            && (known.Count == 0 || known.Average(n => n.TrainScore!.Value) < best.TrainScore / 2)
        )
        {
            warnings.Add("Its neighbours, one step away, do less than half as well: it is a spike and not a region, which chance makes.");
        }

        if (best.Train.ProfitPercent <= 0)
        {
            warnings.Add("Even the best settings lost on the train window.");
        }

        return warnings;
    }

    /// <summary>Two settings over each other: the mean return of the test window in each cell, over all others.</summary>
    public static SweepMap? Map(IReadOnlyList<SweepParameter> parameters, IReadOnlyList<SweepRun> runs)
    {
        if (parameters.Count < 2)
        {
            return null;
        }

        var cells = runs.GroupBy(r => (X: r.Point[0], Y: r.Point[1]))
            .OrderBy(g => g.Key.Y)
            .ThenBy(g => g.Key.X)
            .Select(g => new SweepCell(g.Key.X, g.Key.Y, g.Average(r => r.Test.ProfitPercent), g.Average(r => r.Train.ProfitPercent)));
        return new(parameters[0].Path, parameters[1].Path, Values(parameters[0])!, Values(parameters[1])!, [.. cells]);
    }

    private static int[] Point(int number, int[] counts)
    {
        var point = new int[counts.Length];
        for (var i = counts.Length - 1; i >= 0; i--)
        {
            (number, point[i]) = (number / counts[i], number % counts[i]);
        }

        return point;
    }
}
