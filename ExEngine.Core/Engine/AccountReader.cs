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
            .Union(db.Positions.Where(p => p.Protection != null || p.CloseRequestId != null).Select(p => p.AccountId));
        return await busy.Where(id => !db.AccountLeases.Any(l => l.AccountId == id && l.ExpiresAt > now)).ToListAsync(cancellationToken);
    }

    internal async Task<ExchangeAccount?> AccountAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ExchangeAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, cancellationToken);
    }

    internal async Task<AccountState> StateAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var orders = await _orders(db, accountId).ToListAsync(cancellationToken);
        var waiting = await _signals(db, accountId, now).ToListAsync(cancellationToken);
        var positions = await _positions(db, accountId).ToListAsync(cancellationToken);
        return new AccountState(
            orders,
            [.. waiting.Where(w => w.Signal.DueAt <= now)],
            positions,
            waiting.Find(w => w.Signal.DueAt > now)?.Signal.DueAt
        );
    }
}
