using ExEngine.Core.Data;
using ExEngine.Core.Hosting;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;
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
) : SweepWorker(TimeSpan.FromMinutes(5), "Old rows could not be removed", time, logger)
{
    /// <summary>Rows of one statement.</summary>
    private const int Step = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override void Removed(int rows) => Log.LogInformation("Removed {Count} rows that were kept long enough", rows);

    protected internal override async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var refused = await StepsAsync(
            settings.RefusedSignalDays,
            (db, before) =>
                db
                    .Signals.Where(s => s.Id.CompareTo(before) < 0 && (s.Status == SignalStatus.Refused || s.Status == SignalStatus.Stale))
                    .Where(s => !db.Orders.Any(o => o.OriginId == s.Id))
                    .Select(s => s.Id),
            (db, ids) => db.Signals.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(cancellationToken),
            cancellationToken
        );
        var payloads = await StepsAsync(
            settings.PayloadDays,
            (db, before) => db.Signals.Where(s => s.Id.CompareTo(before) < 0 && s.Payload != "").Select(s => s.Id),
            (db, ids) =>
                db.Signals.Where(s => ids.Contains(s.Id)).ExecuteUpdateAsync(u => u.SetProperty(s => s.Payload, ""), cancellationToken),
            cancellationToken
        );
        var transitions = await StepsAsync(
            settings.TransitionDays,
            (db, before) =>
                db
                    .OrderTransitions.Where(t => t.Id.CompareTo(before) < 0)
                    .Where(t => db.Orders.Any(o => o.Id == t.OrderId && o.SettledAt != null))
                    .Select(t => t.Id),
            (db, ids) => db.OrderTransitions.Where(t => ids.Contains(t.Id)).ExecuteDeleteAsync(cancellationToken),
            cancellationToken
        );
        return refused + payloads + transitions + await TracesAsync(settings.TraceDays, cancellationToken);
    }

    // Few, and small: one statement each.
    private async Task<int> TracesAsync(int days, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = Clock.GetUtcNow().UtcDateTime;
        var before = now.AddDays(-days);
        var day = DateOnly.FromDateTime(before);
        return await db.AuthFailureCounts.Where(c => c.Day < day).ExecuteDeleteAsync(cancellationToken)
            + await db.RejectedRequestCounts.Where(c => c.Day < day).ExecuteDeleteAsync(cancellationToken)
            + await db.Alarms.Where(a => a.EndedAt < before).ExecuteDeleteAsync(cancellationToken)
            + await db.Sessions.Where(s => s.EndedAt < before).ExecuteDeleteAsync(cancellationToken)
            + await db.Invitations.Where(i => i.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
    }

    /// <param name="old">Ids of rows from before an id; ids begin with their time, so that it is a range of the primary key.</param>
    /// <returns>How many rows were removed or emptied.</returns>
    private async Task<int> StepsAsync(
        int days,
        Func<AppDb, Guid, IQueryable<Guid>> old,
        Func<AppDb, List<Guid>, Task<int>> remove,
        CancellationToken cancellationToken
    )
    {
        var before = SequentialIds.LowestAt(Clock.GetUtcNow().UtcDateTime.AddDays(-days));
        var all = 0;
        while (true)
        {
            await using (var db = await databases.CreateDbContextAsync(cancellationToken))
            {
                var ids = await old(db, before).OrderBy(id => id).Take(Step).ToListAsync(cancellationToken);
                all += ids.Count == 0 ? 0 : await remove(db, ids);
                if (ids.Count < Step)
                {
                    return all;
                }
            }

            await Task.Delay(Pause, Clock, cancellationToken);
        }
    }
}
