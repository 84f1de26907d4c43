using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>Counts a user's signals of a stretch of time.</summary>
public sealed class SignalStatistics(IDbContextFactory<AppDb> databases)
{
    /// <summary>Latency is taken from this many of the newest signals.</summary>
    public const int LatencySample = 2000;

    /// <param name="from">UTC, inclusive.</param>
    /// <param name="to">UTC, exclusive.</param>
    public async Task<SignalSummary> OfAsync(Guid userId, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var lowest = SequentialIds.LowestAt(from, -SequentialIds.ClockSlack);
        var signals = db
            .Signals.AsNoTracking()
            .Where(s => s.UserId == userId && s.Id.CompareTo(lowest) >= 0 && s.ReceivedAt >= from && s.ReceivedAt < to);
        var counts = await signals
            .GroupBy(s => new { s.Status, s.Code })
            .Select(g => new
            {
                g.Key.Status,
                g.Key.Code,
                Count = g.Count(),
            })
            .ToListAsync(cancellationToken);
        var instants = await signals
            .OrderByDescending(s => s.Id)
            .Take(LatencySample)
            .Join(db.SignalBatches, s => s.BatchId, b => b.Id, (s, b) => new { s.ReceivedAt, b.CommittedAt })
            .ToListAsync(cancellationToken);
        return new SignalSummary(
            counts.GroupBy(c => c.Status).ToDictionary(g => g.Key, g => g.Sum(c => c.Count)),
            [
                .. counts
                    .Where(c => c.Code is not null)
                    .GroupBy(c => c.Code!)
                    .Select(g => new CodeCount(g.Key, g.Sum(c => c.Count)))
                    .OrderByDescending(c => c.Count)
                    .ThenBy(c => c.Code, StringComparer.Ordinal),
            ],
            LatencySummary.Of([.. instants.Select(i => i.CommittedAt - i.ReceivedAt)])
        );
    }
}

/// <param name="Latency">Null when there is nothing to measure yet.</param>
public sealed record SignalSummary(
    IReadOnlyDictionary<SignalStatus, int> ByStatus,
    IReadOnlyList<CodeCount> Refusals,
    LatencySummary? Latency
)
{
    public int Total => ByStatus.Values.Sum();

    public int Of(params ReadOnlySpan<SignalStatus> statuses)
    {
        var sum = 0;
        foreach (var status in statuses)
        {
            sum += ByStatus.GetValueOrDefault(status);
        }

        return sum;
    }
}

public sealed record CodeCount(string Code, int Count);

/// <summary>How long signals took from the first byte handled to durable.</summary>
public sealed record LatencySummary(TimeSpan P50, TimeSpan P99, int Sample)
{
    /// <summary>Nearest-rank percentiles; null of nothing.</summary>
    public static LatencySummary? Of(IReadOnlyCollection<TimeSpan> latencies)
    {
        if (latencies.Count == 0)
        {
            return null;
        }

        TimeSpan[] sorted = [.. latencies.Order()];
        return new LatencySummary(Rank(sorted, 50), Rank(sorted, 99), sorted.Length);
    }

    private static TimeSpan Rank(TimeSpan[] sorted, int percent) => sorted[(((sorted.Length * percent) + 99) / 100) - 1];
}
