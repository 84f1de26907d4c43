using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Bots.Running;

/// <summary>Reads bots, for pages and REST alike.</summary>
public sealed class BotQuery(IDbContextFactory<AppDb> databases)
{
    /// <summary>Newest first; only ids below <paramref name="before"/> when it is given.</summary>
    public async Task<IReadOnlyList<BotRow>> ListAsync(Guid userId, Guid? before, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.Bots.AsNoTracking().Where(b => b.UserId == userId && b.ArchivedAt == null);
        if (before is { } id)
        {
            rows = rows.Where(b => b.Id.CompareTo(id) < 0);
        }

        return await RowsAsync(db, rows.OrderByDescending(b => b.Id).Take(take), cancellationToken);
    }

    public async Task<BotRow?> FindAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.Bots.AsNoTracking().Where(b => b.UserId == userId && b.Id == id);
        return (await RowsAsync(db, rows, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Deals that are over, newest first; only numbers below <paramref name="before"/> when it is given.</summary>
    public async Task<IReadOnlyList<BotDeal>> DealsAsync(
        Guid userId,
        Guid botId,
        int? before,
        int take,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .BotDeals.AsNoTracking()
            .Where(d => d.BotId == botId && d.UserId == userId && (before == null || d.Number < before))
            .OrderByDescending(d => d.Number)
            .Take(take)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<BotJournalEntry>> JournalAsync(
        Guid userId,
        Guid botId,
        Guid? before,
        int take,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.BotJournal.AsNoTracking().Where(e => e.BotId == botId && e.UserId == userId);
        if (before is { } id)
        {
            rows = rows.Where(e => e.Id.CompareTo(id) < 0);
        }

        return await rows.OrderByDescending(e => e.Id).Take(take).ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<BotRow>> RowsAsync(AppDb db, IQueryable<Bot> bots, CancellationToken cancellationToken) =>
        await bots.Join(db.ExchangeAccounts, b => b.AccountId, a => a.Id, (b, a) => new BotRow(b, a.Name, a.Exchange, a.Mode))
            .ToListAsync(cancellationToken);
}
