using ExEngine.Core.Bots.Running;
using ExEngine.Core.Data;
using ExEngine.Core.Engine.Planning;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine;

/// <summary>Finds accounts with work, and reads what is to be done for one.</summary>
public sealed class AccountReader(IDbContextFactory<AppDb> databases, TimeProvider time)
{
    private const int MaxSignals = 500;

    // Every alert waits for these: translated once, not looked up in the cache of translations each time.
    private readonly Func<AppDb, Guid, IAsyncEnumerable<Order>> _orders = EF.CompileAsyncQuery(
        (AppDb db, Guid accountId) =>
            db.Orders.AsNoTracking().Where(o => o.AccountId == accountId && o.SettledAt == null).OrderBy(o => o.Id).AsQueryable()
    );

    private readonly Func<AppDb, Guid, IAsyncEnumerable<Position>> _positions = EF.CompileAsyncQuery(
        (AppDb db, Guid accountId) => db.Positions.AsNoTracking().Where(p => p.AccountId == accountId)
    );

    private readonly Func<AppDb, Guid, DateTime, IAsyncEnumerable<Order>> _changedOrders = EF.CompileAsyncQuery(
        (AppDb db, Guid accountId, DateTime since) =>
            db.Orders.AsNoTracking().Where(o => o.AccountId == accountId && o.UpdatedAt >= since).OrderBy(o => o.Id).AsQueryable()
    );

    private readonly Func<AppDb, Guid, DateTime, IAsyncEnumerable<Position>> _changedPositions = EF.CompileAsyncQuery(
        (AppDb db, Guid accountId, DateTime since) =>
            db.Positions.AsNoTracking().Where(p => p.AccountId == accountId && p.UpdatedAt >= since)
    );

    // What is due comes first, as it was received, and then the delayed signal whose time comes next.
    private readonly Func<AppDb, Guid, DateTime, IAsyncEnumerable<WaitingSignal>> _signals = EF.CompileAsyncQuery(
        (AppDb db, Guid accountId, DateTime now) =>
            (
                from signal in db.Signals.AsNoTracking()
                where signal.AccountId == accountId && signal.DueAt != null
                join webhook in db.Webhooks on signal.WebhookId equals webhook.Id into webhooks
                from webhook in webhooks.DefaultIfEmpty()
                orderby signal.DueAt <= now ? now : signal.DueAt, signal.Id
                select new WaitingSignal(signal, webhook)
            ).Take(MaxSignals)
    );

    /// <summary>Accounts that have something to do and no lease holder, by the clock here.</summary>
    internal async Task<IReadOnlyList<Guid>> WithoutLeaseAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var busy = db
            .Signals.Where(s => s.DueAt != null)
            .Select(s => s.AccountId)
            .Union(db.Orders.Where(o => o.SettledAt == null).Select(o => o.AccountId))
            .Union(db.Bots.Where(b => Bot.ActiveStatuses.Contains(b.Status)).Select(b => b.AccountId))
            .Union(db.Positions.Where(p => p.Protection != null || p.CloseRequestId != null).Select(p => p.AccountId));
        return await busy.Where(id => !db.AccountLeases.Any(l => l.AccountId == id && l.ExpiresAt > now)).ToListAsync(cancellationToken);
    }

    internal async Task<ExchangeAccount?> AccountAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ExchangeAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, cancellationToken);
    }

    /// <summary>Everything that is to be done.</summary>
    internal Task<AccountState> StateAsync(Guid accountId, CancellationToken cancellationToken) =>
        ReadAsync(accountId, db => _orders(db, accountId), db => _positions(db, accountId), null, cancellationToken);

    /// <summary>The same by what changed since: it costs what happened, not what rests.</summary>
    /// <param name="since">UTC; earlier than the last reading by as much as clocks and commits may differ.</param>
    internal Task<AccountState> StateAsync(Guid accountId, AccountState known, DateTime since, CancellationToken cancellationToken) =>
        ReadAsync(
            accountId,
            db => _changedOrders(db, accountId, since),
            db => _changedPositions(db, accountId, since),
            known,
            cancellationToken
        );

    private async Task<AccountState> ReadAsync(
        Guid accountId,
        Func<AppDb, IAsyncEnumerable<Order>> readOrders,
        Func<AppDb, IAsyncEnumerable<Position>> readPositions,
        AccountState? known,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var orders = await readOrders(db).ToListAsync(cancellationToken);
        var waiting = await _signals(db, accountId, now).ToListAsync(cancellationToken);
        var positions = await readPositions(db).ToListAsync(cancellationToken);
        return new AccountState(
            known is null ? orders : Changed(known.Orders, orders, o => o.Id, o => o.SettledAt is null),
            [.. waiting.Where(w => w.Signal.DueAt <= now)],
            known is null ? positions : Changed(known.Positions, positions, p => p.Id, _ => true),
            waiting.Find(w => w.Signal.DueAt > now)?.Signal.DueAt
        );
    }

    // In the order in which they were; what is new comes last, as its id is the newest.
    private static IReadOnlyList<T> Changed<T>(IReadOnlyList<T> known, List<T> changed, Func<T, Guid> id, Func<T, bool> stays)
    {
        if (changed.Count == 0)
        {
            return known;
        }

        var news = changed.ToDictionary(id);
        var rows = new List<T>(known.Count + changed.Count);
        foreach (var row in known)
        {
            var now = news.Remove(id(row), out var again) ? again : row;
            if (stays(now))
            {
                rows.Add(now);
            }
        }

        rows.AddRange(changed.Where(row => news.ContainsKey(id(row)) && stays(row)));
        return rows;
    }
}
