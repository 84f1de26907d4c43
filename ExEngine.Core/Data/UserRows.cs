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
        await DeleteAccountsAsync(db, userId, null, cancellationToken);
        await db.RiskSettings.Where(r => r.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.BacktestJobs.Where(j => j.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Invitations.Where(i => i.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Preferences.Where(p => p.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Sessions.Where(s => s.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Users.Where(u => u.Id == userId).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Deletes one account with its webhooks and everything that was received, ordered and traded on it, or nothing.</summary>
    public static async Task DeleteAccountAsync(AppDb db, Guid userId, Guid accountId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await DeleteAccountsAsync(db, userId, accountId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <param name="only">The account; null for all of the user's.</param>
    private static async Task DeleteAccountsAsync(AppDb db, Guid userId, Guid? only, CancellationToken cancellationToken)
    {
        var accounts = db.ExchangeAccounts.Where(a => a.UserId == userId && (only == null || a.Id == only));
        var webhooks = db.Webhooks.Where(w => w.UserId == userId && (only == null || w.AccountId == only));
        var orders = db.Orders.Where(o => o.UserId == userId && (only == null || o.AccountId == only));

        // First, because it locks the account's row: who reads it to make something on it waits, or is seen by what follows.
        await accounts.ExecuteUpdateAsync(s => s.SetProperty(a => a.UpdatedAt, a => a.UpdatedAt), cancellationToken);

        // Then its lease: a loop that is at work ends what it writes, and writes no more.
        await db.AccountLeases.Where(l => accounts.Any(a => a.Id == l.AccountId)).ExecuteDeleteAsync(cancellationToken);
        await db.AuthFailureCounts.Where(c => webhooks.Any(w => w.Id == c.WebhookId)).ExecuteDeleteAsync(cancellationToken);
        await db.RejectedRequestCounts.Where(c => webhooks.Any(w => w.Id == c.WebhookId)).ExecuteDeleteAsync(cancellationToken);
        await db
            .RiskSettings.Where(r => r.UserId == userId)
            .Where(r => webhooks.Any(w => w.Id == r.ScopeId) || accounts.Any(a => a.Id == r.ScopeId))
            .ExecuteDeleteAsync(cancellationToken);
        await webhooks.ExecuteDeleteAsync(cancellationToken);
        await db.Signals.Where(s => s.UserId == userId && (only == null || s.AccountId == only)).ExecuteDeleteAsync(cancellationToken);
        await db
            .OrderTransitions.Where(t => t.UserId == userId && (only == null || orders.Any(o => o.Id == t.OrderId)))
            .ExecuteDeleteAsync(cancellationToken);
        await db.Fills.Where(f => f.UserId == userId && (only == null || f.AccountId == only)).ExecuteDeleteAsync(cancellationToken);
        await orders.ExecuteDeleteAsync(cancellationToken);
        await db.BotJournal.Where(e => e.UserId == userId && (only == null || e.AccountId == only)).ExecuteDeleteAsync(cancellationToken);
        await db.BotDeals.Where(d => d.UserId == userId && (only == null || d.AccountId == only)).ExecuteDeleteAsync(cancellationToken);
        await db.BotRequests.Where(r => r.UserId == userId && (only == null || r.AccountId == only)).ExecuteDeleteAsync(cancellationToken);
        await db.Bots.Where(b => b.UserId == userId && (only == null || b.AccountId == only)).ExecuteDeleteAsync(cancellationToken);
        await db.Positions.Where(p => p.UserId == userId && (only == null || p.AccountId == only)).ExecuteDeleteAsync(cancellationToken);
        await db.Alarms.Where(a => a.UserId == userId && (only == null || a.AccountId == only)).ExecuteDeleteAsync(cancellationToken);
        await db.EquitySnapshots.Where(s => accounts.Any(a => a.Id == s.AccountId)).ExecuteDeleteAsync(cancellationToken);
        await db.AccountFlows.Where(f => accounts.Any(a => a.Id == f.AccountId)).ExecuteDeleteAsync(cancellationToken);
        await db.PaperLedgers.Where(l => l.UserId == userId && (only == null || l.AccountId == only)).ExecuteDeleteAsync(cancellationToken);
        await accounts.ExecuteDeleteAsync(cancellationToken);
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
