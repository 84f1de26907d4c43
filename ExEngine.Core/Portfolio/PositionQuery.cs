using ExEngine.Core.Data;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Positions;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio;

/// <summary>Reads positions for pages and REST alike, always those of one user, newest first along their sequential ids.</summary>
public sealed class PositionQuery(IDbContextFactory<AppDb> databases, OrderQuery orders)
{
    /// <summary>Fills that come with a position.</summary>
    public const int MaxFills = 500;

    /// <param name="open">Only open ones (true) or closed ones (false); null for both.</param>
    /// <param name="before">Only positions older than this id.</param>
    public async Task<IReadOnlyList<PositionRow>> ListAsync(
        Guid userId,
        bool? open,
        Guid? accountId,
        Guid? before,
        int take,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var positions = db.Positions.AsNoTracking().Where(p => p.UserId == userId && (accountId == null || p.AccountId == accountId));
        positions = open switch
        {
            true => positions.Where(p => p.OpenedAt != null),
            false => positions.Where(p => p.OpenedAt == null),
            null => positions,
        };
        if (before is { } id)
        {
            positions = positions.Where(p => p.Id.CompareTo(id) < 0);
        }

        return await Rows(db, positions.OrderByDescending(p => p.Id).Take(take)).ToListAsync(cancellationToken);
    }

    /// <returns>Null when there is none, or it belongs to someone else.</returns>
    public async Task<PositionRow?> FindAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Rows(db, db.Positions.AsNoTracking().Where(p => p.Id == id && p.UserId == userId))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <returns>Null when there is none, or it belongs to someone else.</returns>
    public async Task<PositionDetails?> DetailsAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(userId, id, cancellationToken) is not { } row)
        {
            return null;
        }

        var filter = new OrderFilter
        {
            Group = OrderGroup.Active,
            AccountId = row.AccountId,
            Symbol = row.Symbol,
            OwnerId = row.OwnerId,
        };
        var open = await orders.ListAsync(userId, filter, null, OrderQuery.MaxRows, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var fills = await db
            .Fills.AsNoTracking()
            .Where(f => f.AccountId == row.AccountId && f.Symbol == row.Symbol && f.OwnerId == row.OwnerId)
            .OrderByDescending(f => f.At)
            .ThenByDescending(f => f.Id)
            .Take(MaxFills)
            .ToListAsync(cancellationToken);
        return new PositionDetails(row, open, fills);
    }

    private static IQueryable<PositionRow> Rows(AppDb db, IQueryable<Position> positions) =>
        from p in positions
        join a in db.ExchangeAccounts on p.AccountId equals a.Id
        join w in db.Webhooks on p.OwnerId equals w.Id into webhooks
        from w in webhooks.DefaultIfEmpty()
        orderby p.Id descending
        select new PositionRow(
            p.Id,
            p.AccountId,
            a.Name,
            a.Exchange,
            a.Mode,
            p.Symbol,
            p.OwnerKind,
            p.OwnerId,
            w == null ? null : w.Name,
            p.Base,
            p.Quote,
            p.Quantity,
            p.EntryCost,
            p.RealizedProfit,
            p.RoundTripProfit,
            p.SoldFromOutside,
            p.Fees,
            p.OpenedAt,
            p.ClosedAt,
            p.CloseShare,
            p.CloseRequestedAt,
            p.CloseCode,
            p.CloseReason,
            p.Protection,
            p.UpdatedAt
        );
}
