using ExEngine.Core.Data;
using ExEngine.Core.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Portfolio.Money;

/// <summary>
/// Keeps snapshots thin: as they were taken for two days, the last of each hour for sixty, the last of each UTC day after that. A few rows
/// at a time, account by account; several instances may do so at once.
/// </summary>
public sealed class EquityThinning(IDbContextFactory<AppDb> databases, TimeProvider time, ILogger<EquityThinning> logger)
    : SweepWorker(TimeSpan.FromMinutes(6), "Old equity snapshots could not be thinned", time, logger)
{
    /// <summary>Rows of one look; more than an hour or a day can have.</summary>
    private const int Step = 500;

    public static readonly TimeSpan FineFor = TimeSpan.FromDays(2);
    public static readonly TimeSpan HoursFor = TimeSpan.FromDays(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    protected internal override async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        List<Guid> accounts;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            accounts = await db.ExchangeAccounts.Select(a => a.Id).ToListAsync(cancellationToken);
        }

        var (now, removed) = (Clock.GetUtcNow().UtcDateTime, 0);
        foreach (var account in accounts)
        {
            removed += await ThinAsync(
                account,
                EquityGrain.Fine,
                EquityGrain.Hour,
                TimeSpan.FromHours(1),
                now - FineFor,
                cancellationToken
            );
            removed += await ThinAsync(account, EquityGrain.Hour, EquityGrain.Day, TimeSpan.FromDays(1), now - HoursFor, cancellationToken);
        }

        return removed;
    }

    private async Task<int> ThinAsync(
        Guid accountId,
        EquityGrain from,
        EquityGrain to,
        TimeSpan stretch,
        DateTime before,
        CancellationToken cancellationToken
    )
    {
        // Whole stretches only: what is left of one would be thinned to a row of its own.
        before = new DateTime(before.Ticks - (before.Ticks % stretch.Ticks), DateTimeKind.Utc);
        var removed = 0;
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var rows = await db
                .EquitySnapshots.AsNoTracking()
                .Where(s => s.AccountId == accountId && s.Slot < before && s.Grain == from)
                .OrderBy(s => s.Slot)
                .Take(Step)
                .Select(s => new { s.Slot, IsKnown = s.Equity != null })
                .ToListAsync(cancellationToken);
            var groups = rows.GroupBy(r => r.Slot.Ticks / stretch.Ticks).ToList();
            if (rows.Count == Step)
            {
                groups.RemoveAt(groups.Count - 1);
            }

            // The last that says something; a stretch without any keeps a row that says so.
            var kept = groups.Select(g => (g.LastOrDefault(r => r.IsKnown) ?? g.Last()).Slot).ToList();
            var gone = groups.SelectMany(g => g).Select(r => r.Slot).Except(kept).ToList();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            removed += await db
                .EquitySnapshots.Where(s => s.AccountId == accountId && gone.Contains(s.Slot))
                .ExecuteDeleteAsync(cancellationToken);
            await db
                .EquitySnapshots.Where(s => s.AccountId == accountId && kept.Contains(s.Slot))
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Grain, to), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            if (rows.Count < Step)
            {
                return removed;
            }

            await Task.Delay(Pause, Clock, cancellationToken);
        }
    }
}
