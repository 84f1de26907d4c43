using System.Collections.Concurrent;
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

    public void Unauthenticated(Guid webhookId) => Add(webhookId, new Counts(1, 0, 0, default));

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
        foreach (var key in _counts.Keys)
        {
            if (!_counts.TryRemove(key, out var counts))
            {
                continue;
            }

            try
            {
                await using var db = await databases.CreateDbContextAsync();
                await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO rejected_request_counts (webhook_id, day, unauthenticated, rate_limited, duplicates, last_at)
                    VALUES ({key.WebhookId}, {key.Day}, {counts.Unauthenticated}, {counts.RateLimited}, {counts.Duplicates}, {counts.LastAt})
                    ON CONFLICT (webhook_id, day) DO UPDATE SET
                        unauthenticated = rejected_request_counts.unauthenticated + excluded.unauthenticated,
                        rate_limited = rejected_request_counts.rate_limited + excluded.rate_limited,
                        duplicates = rejected_request_counts.duplicates + excluded.duplicates,
                        last_at = excluded.last_at
                    """
                );
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _counts.AddOrUpdate(key, counts, (_, newer) => counts.Plus(newer));
                logger.LogWarning(e, "Counts of turned-away requests could not be stored; they are kept and tried again");
                return;
            }
        }
    }

    private sealed record Counts(long Unauthenticated, long RateLimited, long Duplicates, DateTime LastAt)
    {
        public Counts Plus(Counts newer) =>
            new(Unauthenticated + newer.Unauthenticated, RateLimited + newer.RateLimited, Duplicates + newer.Duplicates, newer.LastAt);
    }
}
