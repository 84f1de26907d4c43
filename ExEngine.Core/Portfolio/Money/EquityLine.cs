namespace ExEngine.Core.Portfolio.Money;

/// <summary>The snapshots of several accounts as one line of points: pure.</summary>
/// <param name="Points">Oldest first, from the first snapshot of any account on.</param>
public sealed record EquityLine(IReadOnlyList<EquityPoint> Points)
{
    /// <summary>A snapshot stands for what comes after it, for so many of its stretches.</summary>
    private const int StandsFor = 2;
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    /// <param name="rows">Of every account, in any order; also those of the time just before <paramref name="from"/>.</param>
    /// <param name="begins">By account: the slot of its first snapshot, ever. Before it the account is nothing; after it, it must be known.</param>
    /// <param name="from">UTC: the first point is one step after it.</param>
    /// <param name="to">UTC, now or before: the last point.</param>
    public static EquityLine Of(
        IEnumerable<EquitySnapshot> rows,
        IReadOnlyDictionary<Guid, DateTime> begins,
        DateTime from,
        DateTime to,
        TimeSpan step
    )
    {
        var byAccount = rows.Where(r => r.Equity is not null)
            .GroupBy(r => r.AccountId)
            .ToDictionary(g => g.Key, g => g.OrderBy(r => r.Slot).ToArray());
        var next = byAccount.Keys.ToDictionary(a => a, _ => 0);
        var points = new List<EquityPoint>();
        for (var end = from + step; ; end += step)
        {
            var at = end < to ? end : to;
            var there = begins.Where(b => b.Value <= at).Select(b => b.Key).ToList();
            if (there.Count > 0)
            {
                points.Add(Point(at, [.. there.Select(a => Last(a, at))]));
            }

            if (at >= to)
            {
                return new EquityLine(points);
            }
        }

        EquitySnapshot? Last(Guid account, DateTime at)
        {
            if (!byAccount.TryGetValue(account, out var mine))
            {
                return null;
            }

            var i = next[account];
            while (i < mine.Length && mine[i].Slot <= at)
            {
                i++;
            }

            next[account] = i;
            return i > 0 && at - mine[i - 1].Slot <= Lasts(mine[i - 1].Grain, step) ? mine[i - 1] : null;
        }
    }

    /// <summary>From the first known point to the last: what changed and did not come from outside. Null with fewer than two.</summary>
    public decimal? Profit => Known is [var first, .., var last] ? last.Profit - first.Profit : null;

    /// <summary>What came from outside in between, less what went there.</summary>
    public decimal? Moved => Known is [var first, .., var last] ? last.NetDeposits - first.NetDeposits : null;

    public EquityPoint? Last => Known is [.., var last] ? last : null;

    /// <summary>The deepest fall of the profit below its highest so far, in the currency; deposits and withdrawals are no fall.</summary>
    public Drawdown? MaxDrawdown()
    {
        if (Known is not [var first, ..] known)
        {
            return null;
        }

        var (peak, worst) = (first, new Drawdown(0, 0, first.At, first.At));
        foreach (var point in known)
        {
            peak = point.Profit >= peak.Profit ? point : peak;
            var fall = peak.Profit!.Value - point.Profit!.Value;
            if (fall > worst.Amount)
            {
                worst = new Drawdown(fall, peak.Equity > 0 ? fall / peak.Equity.Value * 100 : null, peak.At, point.At);
            }
        }

        return worst;
    }

    private List<EquityPoint> Known => [.. Points.Where(p => p.Equity is not null)];

    private static EquityPoint Point(DateTime at, IReadOnlyList<EquitySnapshot?> rows) =>
        rows.Any(r => r is null)
            ? new EquityPoint(at, null, null, null, null, IsComplete: false)
            : new EquityPoint(
                at,
                rows.Sum(r => r!.Equity!.Value),
                rows.Sum(r => r!.Cash ?? 0),
                rows.Sum(r => r!.Held ?? 0),
                rows.Sum(r => r!.NetDeposits ?? 0),
                rows.All(r => r!.IsComplete)
            );

    private static TimeSpan Lasts(EquityGrain grain, TimeSpan step)
    {
        var stretch = grain switch
        {
            EquityGrain.Fine => TimeSpan.FromMinutes(5),
            EquityGrain.Hour => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };
        return (StandsFor * stretch > step ? StandsFor * stretch : step) + Slack;
    }
}

/// <param name="Amount">Above zero, or zero for none; in the currency.</param>
/// <param name="Percent">Of the equity at the highest; null when there was none.</param>
/// <param name="From">UTC: the highest.</param>
/// <param name="To">UTC: the lowest after it.</param>
public sealed record Drawdown(decimal Amount, decimal? Percent, DateTime From, DateTime To);
