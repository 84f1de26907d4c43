using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ExEngine.Core.Data;

/// <summary>Everything that belongs to one user. A test fails when a table with a <c>user_id</c> is forgotten here.</summary>
public static class UserRows
{
    /// <summary>Deletes the user with all their rows, or nothing. Identity's own tables go by cascade.</summary>
    public static async Task DeleteAsync(AppDb db, Guid userId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db
            .AuthFailureCounts.Where(c => db.Webhooks.Any(w => w.Id == c.WebhookId && w.UserId == userId))
            .ExecuteDeleteAsync(cancellationToken);
        await db
            .RejectedRequestCounts.Where(c => db.Webhooks.Any(w => w.Id == c.WebhookId && w.UserId == userId))
            .ExecuteDeleteAsync(cancellationToken);
        await db.Webhooks.Where(w => w.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Signals.Where(s => s.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.OrderTransitions.Where(t => t.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Fills.Where(f => f.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Orders.Where(o => o.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Positions.Where(p => p.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Alarms.Where(a => a.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.RiskSettings.Where(r => r.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db
            .AccountLeases.Where(l => db.ExchangeAccounts.Any(a => a.Id == l.AccountId && a.UserId == userId))
            .ExecuteDeleteAsync(cancellationToken);
        await db.PaperLedgers.Where(l => l.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.ExchangeAccounts.Where(a => a.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Invitations.Where(i => i.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Sessions.Where(s => s.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Users.Where(u => u.Id == userId).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// What is decided by looking at all users (who is the first, who is the last operator) is decided by one at a time, over all
    /// instances.
    /// </summary>
    /// <returns>A transaction that nobody else is in who began it here; commit it to keep what was done.</returns>
    public static async Task<IDbContextTransaction> TakeTurnAsync(AppDb db, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AdvisoryLock.TakeAsync(db, AdvisoryLock.Users, Guid.Empty, cancellationToken);
        return transaction;
    }

    /// <summary>
    /// Who is gone and yet owns signals or orders: these have no foreign keys, so one that was on its way while its user was
    /// deleted is inserted all the same.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> OrphansAsync(AppDb db, CancellationToken cancellationToken)
    {
        var owners = await OwnersAsync(db.Signals.Select(s => s.UserId), cancellationToken);
        owners.UnionWith(await OwnersAsync(db.Orders.Select(o => o.UserId), cancellationToken));
        owners.ExceptWith(await db.Users.Where(u => owners.Contains(u.Id)).Select(u => u.Id).ToListAsync(cancellationToken));
        return [.. owners];
    }

    // From owner to owner along the index on user_id: as many steps as there are users, however many rows they have.
    private static async Task<HashSet<Guid>> OwnersAsync(IQueryable<Guid> userIds, CancellationToken cancellationToken)
    {
        var owners = new HashSet<Guid>();
        var last = Guid.Empty;
        while (true)
        {
            var after = last;
            last = await userIds.Where(id => id.CompareTo(after) > 0).OrderBy(id => id).FirstOrDefaultAsync(cancellationToken);
            if (last == Guid.Empty)
            {
                return owners;
            }

            owners.Add(last);
        }
    }
}
