using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine;

/// <summary>Finds accounts with work, and reads what is to be done for one.</summary>
public sealed class AccountReader(IDbContextFactory<AppDb> databases, TimeProvider time)
{
    private const int MostSignals = 500;

    /// <summary>Accounts that have something to do and no owner whose lease still runs, by the clock here.</summary>
    internal async Task<IReadOnlyList<Guid>> WithoutOwnerAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var busy = db.Signals.Where(s => s.DueAt != null).Select(s => s.AccountId)
            .Union(db.Orders.Where(o => o.SettledAt == null).Select(o => o.AccountId))
            .Union(db.Positions.Where(p => p.Protection != null || p.CloseRequestId != null).Select(p => p.AccountId));
        return await busy.Where(id => !db.AccountLeases.Any(l => l.AccountId == id && l.ExpiresAt > now)).ToListAsync(cancellationToken);
    }

    internal async Task<ExchangeAccount?> AccountAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.ExchangeAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, cancellationToken);
    }

    internal async Task<AccountView> ViewAsync(Guid accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var orders = await db.Orders.AsNoTracking().Where(o => o.AccountId == accountId && o.SettledAt == null)
            .OrderBy(o => o.Id).ToListAsync(cancellationToken);
        var signals = await db.Signals.AsNoTracking().Where(s => s.AccountId == accountId && s.DueAt != null && s.DueAt <= now)
            .OrderBy(s => s.Id).Take(MostSignals).ToListAsync(cancellationToken);
        var next = await db.Signals.Where(s => s.AccountId == accountId && s.DueAt != null && s.DueAt > now).MinAsync(s => s.DueAt, cancellationToken);
        var positions = await db.Positions.AsNoTracking().Where(p => p.AccountId == accountId).ToListAsync(cancellationToken);
        return new AccountView(
            orders, signals, positions, next);
    }
}
