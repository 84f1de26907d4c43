using ExEngine.Core.Data;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine;

/// <summary>
/// Removes what is older than <see cref="RetentionOptions"/> keep it, a few rows at a time, so that alerts never wait for it. Several
/// instances may do so at once.
/// </summary>
public sealed class RetentionWorker(
    IDbContextFactory<AppDb> databases,
    TimeProvider time,
    IOptions<RetentionOptions> options,
    ILogger<RetentionWorker> logger
) : BackgroundService
{
    /// <summary>Rows of one statement.</summary>
    private const int Step = 500;

    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Period = TimeSpan.FromHours(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(FirstAfter, time, stoppingToken);
            while (true)
            {
                await TrySweepAsync(stoppingToken);
                await Task.Delay(Period, time, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task TrySweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await SweepAsync(cancellationToken) is > 0 and var removed)
            {
                logger.LogInformation("Removed {Count} rows that were kept long enough", removed);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning("Old rows could not be removed; trying again in {Hours} h: {Reason}", Period.TotalHours, e.Message);
        }
    }

    /// <returns>How many rows were removed or emptied.</returns>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var refused = await StepsAsync(
            Before(settings.RefusedSignalDays),
            async (db, before, token) =>
            {
                var ids = await db
                    .Signals.Where(s => s.Id.CompareTo(before) < 0 && (s.Status == SignalStatus.Refused || s.Status == SignalStatus.Stale))
                    .Where(s => !db.Orders.Any(o => o.OriginId == s.Id))
                    .OrderBy(s => s.Id)
                    .Select(s => s.Id)
                    .Take(Step)
                    .ToListAsync(token);
                return ids.Count == 0 ? 0 : await db.Signals.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(token);
            },
            cancellationToken
        );
        var payloads = await StepsAsync(
            Before(settings.PayloadDays),
            async (db, before, token) =>
            {
                var ids = await db
                    .Signals.Where(s => s.Id.CompareTo(before) < 0 && s.Payload != "")
                    .OrderBy(s => s.Id)
                    .Select(s => s.Id)
                    .Take(Step)
                    .ToListAsync(token);
                return ids.Count == 0
                    ? 0
                    : await db.Signals.Where(s => ids.Contains(s.Id)).ExecuteUpdateAsync(u => u.SetProperty(s => s.Payload, ""), token);
            },
            cancellationToken
        );
        var transitions = await StepsAsync(
            Before(settings.TransitionDays),
            async (db, before, token) =>
            {
                var ids = await db
                    .OrderTransitions.Where(t => t.Id.CompareTo(before) < 0)
                    .Where(t => db.Orders.Any(o => o.Id == t.OrderId && o.SettledAt != null))
                    .OrderBy(t => t.Id)
                    .Select(t => t.Id)
                    .Take(Step)
                    .ToListAsync(token);
                return ids.Count == 0 ? 0 : await db.OrderTransitions.Where(t => ids.Contains(t.Id)).ExecuteDeleteAsync(token);
            },
            cancellationToken
        );
        return refused + payloads + transitions + await TracesAsync(settings.TraceDays, cancellationToken);
    }

    // Few, and small: one statement each.
    private async Task<int> TracesAsync(int days, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var before = time.GetUtcNow().UtcDateTime.AddDays(-days);
        var day = DateOnly.FromDateTime(before);
        return await db.AuthFailureCounts.Where(c => c.Day < day).ExecuteDeleteAsync(cancellationToken)
            + await db.RejectedRequestCounts.Where(c => c.Day < day).ExecuteDeleteAsync(cancellationToken)
            + await db.Alarms.Where(a => a.EndedAt < before).ExecuteDeleteAsync(cancellationToken)
            + await db.Sessions.Where(s => s.EndedAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    // Ids begin with their time: a range of the primary key.
    private Guid Before(int days) => SequentialIds.LowestAt(time.GetUtcNow().UtcDateTime.AddDays(-days));

    private async Task<int> StepsAsync(
        Guid before,
        Func<AppDb, Guid, CancellationToken, Task<int>> step,
        CancellationToken cancellationToken
    )
    {
        var all = 0;
        while (true)
        {
            int some;
            await using (var db = await databases.CreateDbContextAsync(cancellationToken))
            {
                some = await step(db, before, cancellationToken);
            }

            all += some;
            if (some < Step)
            {
                return all;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
