using System.Collections.Concurrent;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Portfolio.Money;

/// <summary>
/// Has a snapshot taken of every account every five minutes, and of one that traded a moment after its fill: once a minute at the most.
/// Every instance does so, and the database lets one of them through for each slot.
/// </summary>
public sealed class EquityWatch(
    IDbContextFactory<AppDb> databases,
    EquityWriter writer,
    ChangeFeed feed,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    IOptions<EquityOptions> options,
    ILogger<EquityWatch> logger
) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Fills come in several, and the exchange's balances follow them.</summary>
    private static readonly TimeSpan AfterFill = TimeSpan.FromSeconds(3);

    /// <summary>Accounts that something happened on, and when to look (UTC).</summary>
    private readonly ConcurrentDictionary<Guid, DateTime> _due = new();
    private readonly WakeSignal _wake = new(time);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        feed.Heard += Hear;
        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);

            // Not at once: the way to the exchanges is being opened as well. New accounts and fills are heard of.
            var next = Floor(Now, Every) + Every;
            while (true)
            {
                if (Now >= next)
                {
                    var slot = Floor(Now, Every);
                    await TryAsync(token => TakeAllAsync(slot, token), stoppingToken);
                    next = slot + Every;
                }

                await TryAsync(TakeDueAsync, stoppingToken);
                var wakeAt = _due.Values.Append(next).Min();
                await _wake.WaitAsync(wakeAt > Now ? wakeAt - Now : TimeSpan.Zero, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, or a start that was refused.
        }
        finally
        {
            feed.Heard -= Hear;
        }
    }

    /// <summary>One snapshot of every account for the slot; returns when all are written.</summary>
    internal async Task TakeAllAsync(DateTime slot, CancellationToken cancellationToken)
    {
        List<ExchangeAccount> accounts;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            accounts = await db.ExchangeAccounts.AsNoTracking().Where(a => a.DeletedAt == null).ToListAsync(cancellationToken);
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            accounts,
            parallel,
            async (account, token) => await TryAsync(t => writer.TakeAsync(account, slot, t), token)
        );
    }

    /// <summary>Those that something happened on, as far as it is their turn.</summary>
    internal async Task TakeDueAsync(CancellationToken cancellationToken)
    {
        var slot = Floor(Now, Minute);
        foreach (var (id, due) in _due.Where(d => d.Value <= Now))
        {
            // Before it is read: what happens from here on comes back.
            _due.TryRemove(new(id, due));
            if (await NeedsOneAsync(id, cancellationToken) is { } account && !await writer.TakeAsync(account, slot, cancellationToken))
            {
                _due.TryAdd(id, slot + Minute);
            }
        }
    }

    /// <returns>Null when the last snapshot is younger than the last fill.</returns>
    private async Task<ExchangeAccount?> NeedsOneAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var last = await db
            .EquitySnapshots.Where(s => s.AccountId == accountId)
            .OrderByDescending(s => s.Slot)
            .Select(s => (DateTime?)s.At)
            .FirstOrDefaultAsync(cancellationToken);
        var filled = await db
            .Fills.Where(f => f.AccountId == accountId)
            .OrderByDescending(f => f.At)
            .Select(f => (DateTime?)f.StoredAt)
            .FirstOrDefaultAsync(cancellationToken);
        return last is null || filled >= last
            ? await db
                .ExchangeAccounts.AsNoTracking()
                .SingleOrDefaultAsync(a => a.Id == accountId && a.DeletedAt == null, cancellationToken)
            : null;
    }

    internal void Hear(ChangeEvent e)
    {
        var account =
            e.Kind == ChangeKind.ExchangeAccount ? e.Id
            : e.Kind == ChangeKind.Position ? e.AccountId
            : Guid.Empty;
        if (account != Guid.Empty && _due.TryAdd(account, Now + AfterFill))
        {
            _wake.Set();
        }
    }

    // One account that cannot be read or written does not keep the others from being looked at.
    private async Task TryAsync(Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        try
        {
            await look(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            logger.LogWarning("What accounts are worth could not be taken down: {Reason}; the next look follows", e.Message);
        }
    }

    private static DateTime Floor(DateTime at, TimeSpan step) => new(at.Ticks - (at.Ticks % step.Ticks), DateTimeKind.Utc);
}
