using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Positions;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio;

/// <summary>Reads positions for pages and REST alike, always those of one user, newest first along their sequential ids.</summary>
public sealed class PositionQuery(IDbContextFactory<AppDb> databases, OrderQuery orders)
{
    /// <summary>Fills that come with a position.</summary>
    public const int MaxFills = 500;
    private const int MaxSold = 2_000;

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
        return new PositionDetails(row, open, await FillsAsync(row, RowSort.Newest, cancellationToken));
    }

    /// <summary>The first <see cref="MaxFills"/> of a position, by time, price or quantity; of equal ones those stored last come first.</summary>
    public async Task<IReadOnlyList<Fill>> FillsAsync(PositionRow row, RowSort sort, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var fills = db.Fills.AsNoTracking().Where(f => f.AccountId == row.AccountId && f.Symbol == row.Symbol && f.OwnerId == row.OwnerId);
        if (sort is not (RowSort.Price or RowSort.PriceDown or RowSort.Quantity or RowSort.QuantityDown))
        {
            var sorted =
                sort == RowSort.Oldest
                    ? fills.OrderBy(f => f.At).ThenBy(f => f.Id)
                    : fills.OrderByDescending(f => f.At).ThenByDescending(f => f.Id);
            return await sorted.Take(MaxFills).ToListAsync(cancellationToken);
        }

        var keys = sort is RowSort.Price or RowSort.PriceDown
            ? fills.Select(f => new AmountKey { Id = f.Id, Amount = f.Price })
            : fills.Select(f => new AmountKey { Id = f.Id, Amount = f.Quantity });
        return await SortedRows.ReadAsync<Fill>(
            AmountKey.Sort(keys, sort is RowSort.PriceDown or RowSort.QuantityDown, null).Select(k => k.Id).Take(MaxFills),
            async ids => await db.Fills.AsNoTracking().Where(f => ids.Contains(f.Id)).ToListAsync(cancellationToken),
            f => f.Id,
            cancellationToken
        );
    }

    /// <summary>In base, by account, symbol and owner: what stops that rest at the exchanges have left to sell.</summary>
    public async Task<IReadOnlyDictionary<(Guid AccountId, string Symbol, Guid OwnerId), decimal>> StopsAsync(
        Guid userId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var resting = await db
            .Orders.AsNoTracking()
            .Where(o => o.UserId == userId && o.SettledAt == null && o.Origin == OrderOrigin.Protection && o.StopPrice != null)
            .ToListAsync(cancellationToken);
        return resting
            .GroupBy(o => (o.AccountId, o.Symbol, o.OwnerId))
            .ToDictionary(g => g.Key, g => g.Sum(o => StopCover.RestingOf(o.Origin, o.StopPrice, o.Status, o.Remaining)));
    }

    /// <summary>What was last sold of each position, by account, symbol and owner.</summary>
    /// <param name="since">UTC, inclusive: what was sold before is not looked at.</param>
    public async Task<IReadOnlyDictionary<(Guid AccountId, string Symbol, Guid OwnerId), PositionExit>> ExitsAsync(
        Guid userId,
        DateTime since,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sold = await (
            from f in db.Fills.AsNoTracking()
            where f.UserId == userId && f.At >= since && f.Side == OrderSide.Sell && f.Kind == FillKind.Trade
            join o in db.Orders.AsNoTracking() on f.OrderId equals o.Id
            orderby f.At descending
            select new { Fill = f, Order = o }
        )
            .Take(MaxSold)
            .ToListAsync(cancellationToken);
        return sold.GroupBy(s => (s.Fill.AccountId, s.Fill.Symbol, s.Fill.OwnerId))
            .ToDictionary(g => g.Key, g => PositionExit.Last(g.Select(s => (s.Fill, s.Order)))!);
    }

    /// <summary>The position that a webhook or bot made last, with its fills; null when it made none.</summary>
    public async Task<PositionDetails?> OfOwnerAsync(Guid userId, Guid ownerId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var id = await db
            .Positions.Where(p => p.UserId == userId && p.OwnerId == ownerId)
            .OrderByDescending(p => p.Id)
            .Select(p => (Guid?)p.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return id is { } found ? await DetailsAsync(userId, found, cancellationToken) : null;
    }

    /// <summary>What was last sold of one position, whenever that was; null when nothing was.</summary>
    public async Task<PositionExit?> ExitAsync(PositionRow row, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var sold = await (
            from f in db.Fills.AsNoTracking()
            where f.AccountId == row.AccountId && f.Symbol == row.Symbol && f.OwnerId == row.OwnerId
            where f.Side == OrderSide.Sell && f.Kind == FillKind.Trade
            join o in db.Orders.AsNoTracking() on f.OrderId equals o.Id
            orderby f.At descending
            select new { Fill = f, Order = o }
        )
            .Take(MaxFills)
            .ToListAsync(cancellationToken);
        return PositionExit.Last(sold.Select(s => (s.Fill, s.Order)));
    }

    private static IQueryable<PositionRow> Rows(AppDb db, IQueryable<Position> positions) =>
        from p in positions
        join a in db.ExchangeAccounts on p.AccountId equals a.Id
        join w in db.Webhooks on p.OwnerId equals w.Id into webhooks
        from w in webhooks.DefaultIfEmpty()
        join b in db.Bots on p.OwnerId equals b.Id into bots
        from b in bots.DefaultIfEmpty()
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
            w != null ? w.Name : (b == null ? null : b.Name),
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
