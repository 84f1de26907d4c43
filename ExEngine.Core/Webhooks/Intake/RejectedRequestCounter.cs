using System.Collections.Concurrent;
using System.Net;
using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>Counts what webhooks turn away, and adds the counts to the database every few seconds and at the end.</summary>
public sealed class RejectedRequestCounter(IDbContextFactory<AppDb> databases, TimeProvider time, ILogger<RejectedRequestCounter> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(Guid WebhookId, DateOnly Day), Counts> _counts = new();
    private readonly ConcurrentDictionary<(Guid WebhookId, DateOnly Day, AuthFailure Failure), Failures> _failures = new();

    /// <param name="source">The address that it came from.</param>
    public void Unauthenticated(Guid webhookId, AuthFailure failure, IPAddress? source)
    {
        Add(webhookId, new Counts(1, 0, 0, default));
        var now = time.GetUtcNow().UtcDateTime;
        var one = new Failures(1, now, now, source?.ToString() ?? "");
        _failures.AddOrUpdate((webhookId, DateOnly.FromDateTime(now), failure), one, (_, old) => old.Plus(one));
    }

    public void RateLimited(Guid webhookId) => Add(webhookId, new Counts(0, 1, 0, default));

    public void Duplicate(Guid webhookId) => Add(webhookId, new Counts(0, 0, 1, default));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FlushAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; what is left is written below.
        }

        await FlushAsync();
    }

    private void Add(Guid webhookId, Counts more)
    {
        var now = time.GetUtcNow().UtcDateTime;
        more = more with { LastAt = now };
        _counts.AddOrUpdate((webhookId, DateOnly.FromDateTime(now)), more, (_, old) => old.Plus(more));
    }

    private async Task FlushAsync()
    {
        await FlushAsync(
            _failures,
            (key, some) =>
                $"""
                    INSERT INTO auth_failure_counts (webhook_id, day, failure, count, since, last_at, last_from)
                    VALUES ({key.WebhookId}, {key.Day}, {key.Failure.ToString()}, {some.Count}, {some.Since}, {some.LastAt}, {some.LastFrom})
                    ON CONFLICT (webhook_id, day, failure) DO UPDATE SET
                        count = auth_failure_counts.count + excluded.count,
                        last_at = excluded.last_at,
                        last_from = excluded.last_from
                    """,
            (older, newer) => older.Plus(newer)
        );
        await FlushAsync(
            _counts,
            (key, some) =>
                $"""
                    INSERT INTO rejected_request_counts (webhook_id, day, unauthenticated, rate_limited, duplicates, last_at)
                    VALUES ({key.WebhookId}, {key.Day}, {some.Unauthenticated}, {some.RateLimited}, {some.Duplicates}, {some.LastAt})
                    ON CONFLICT (webhook_id, day) DO UPDATE SET
                        unauthenticated = rejected_request_counts.unauthenticated + excluded.unauthenticated,
                        rate_limited = rejected_request_counts.rate_limited + excluded.rate_limited,
                        duplicates = rejected_request_counts.duplicates + excluded.duplicates,
                        last_at = excluded.last_at
                    """,
            (older, newer) => older.Plus(newer)
        );
    }

    private async Task FlushAsync<TKey, TCounts>(
        ConcurrentDictionary<TKey, TCounts> all,
        Func<TKey, TCounts, FormattableString> insert,
        Func<TCounts, TCounts, TCounts> plus
    )
        where TKey : notnull
    {
        foreach (var key in all.Keys)
        {
            if (!all.TryRemove(key, out var some))
            {
                continue;
            }

            try
            {
                await using var db = await databases.CreateDbContextAsync();
                await db.Database.ExecuteSqlAsync(insert(key, some));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                all.AddOrUpdate(key, some, (_, newer) => plus(some, newer));
                logger.LogWarning(e, "Counts of turned-away requests could not be stored; they are kept and tried again");
                return;
            }
        }
    }

    private sealed record Failures(long Count, DateTime Since, DateTime LastAt, string LastFrom)
    {
        public Failures Plus(Failures newer) => new(Count + newer.Count, Since, newer.LastAt, newer.LastFrom);
    }

    private sealed record Counts(long Unauthenticated, long RateLimited, long Duplicates, DateTime LastAt)
    {
        public Counts Plus(Counts newer) =>
            new(Unauthenticated + newer.Unauthenticated, RateLimited + newer.RateLimited, Duplicates + newer.Duplicates, newer.LastAt);
    }
}
