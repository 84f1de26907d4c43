using System.Linq.Expressions;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders.Queries;

/// <summary>
/// Reads orders for pages and REST alike, always those of one user, newest first, page by page along their sequential ids.
/// </summary>
public sealed class OrderQuery(IDbContextFactory<AppDb> databases)
{
    /// <summary>Rows that one look may bring.</summary>
    public const int MaxRows = 500;

    /// <param name="before">Only orders older than this id.</param>
    /// <param name="take">1 to <see cref="MaxRows"/>, and the one more that tells whether there are more.</param>
    public Task<IReadOnlyList<OrderRow>> ListAsync(
        Guid userId,
        OrderFilter filter,
        Guid? before,
        int take,
        CancellationToken cancellationToken
    ) => ReadAsync(userId, filter, before is { } id ? o => o.Id.CompareTo(id) < 0 : null, take, cancellationToken);

    /// <summary>The current state of orders that are already shown, whatever it is, in no particular order.</summary>
    public Task<IReadOnlyList<OrderRow>> AgainAsync(Guid userId, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        ReadAsync(userId, new OrderFilter(), o => ids.Contains(o.Id), MaxRows, cancellationToken);

    /// <summary>A stretch of the list in another order than newest first.</summary>
    /// <param name="after">The last row that is known, as it was read; null from the first on.</param>
    /// <param name="skip">How many are known: what a sort goes by that is not by an amount.</param>
    /// <param name="take">1 to <see cref="MaxRows"/>.</param>
    public async Task<IReadOnlyList<OrderRow>> SortedAsync(
        Guid userId,
        OrderFilter filter,
        RowSort sort,
        OrderRow? after,
        int skip,
        int take,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mine = Mine(db, userId, filter);
        if (sort is RowSort.Quantity or RowSort.QuantityDown or RowSort.Price or RowSort.PriceDown)
        {
            var byPrice = sort is RowSort.Price or RowSort.PriceDown;
            var last = after is null ? null : new AmountKey { Id = after.Id, Amount = byPrice ? after.ShownPrice : after.Quantity };
            var sorted = AmountKey.Sort(byPrice ? Prices(mine) : Quantities(mine), sort is RowSort.QuantityDown or RowSort.PriceDown, last);
            return await SortedRows.ReadAsync(
                sorted.Select(k => k.Id).Take(take),
                ids => AgainAsync(userId, ids, cancellationToken),
                r => r.Id,
                cancellationToken
            );
        }

        return await SortedRows.ReadAsync(
            mine,
            sort,
            o => o.Id,
            o => o.Symbol,
            o => o.Status,
            skip,
            take,
            ids => AgainAsync(userId, ids, cancellationToken),
            r => r.Id,
            cancellationToken
        );
    }

    /// <summary>All of them, newest first.</summary>
    public IAsyncEnumerable<OrderRow> AllAsync(Guid userId, OrderFilter filter, CancellationToken cancellationToken) =>
        EveryPage.Of<OrderRow>((last, take, ct) => ListAsync(userId, filter, last?.Id, take, ct), MaxRows, cancellationToken);

    /// <summary>How many were made after the newest one known; counts to <paramref name="atMost"/>.</summary>
    public async Task<int> CountNewerAsync(Guid userId, OrderFilter filter, Guid after, int atMost, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Mine(db, userId, filter)
            .Where(o => o.Id.CompareTo(after) > 0)
            .OrderBy(o => o.Id)
            .Take(atMost)
            .CountAsync(cancellationToken);
    }

    /// <summary>How many orders of a group there are.</summary>
    public async Task<int> CountAsync(Guid userId, OrderFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Mine(db, userId, filter).CountAsync(cancellationToken);
    }

    /// <returns>Null when there is none, or it belongs to someone else.</returns>
    public async Task<OrderDetails?> FindAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mine = db.Orders.AsNoTracking().Where(o => o.Id == id && o.UserId == userId);
        if (await Rows(db, mine).SingleOrDefaultAsync(cancellationToken) is not { } row)
        {
            return null;
        }

        var order = await mine.SingleAsync(cancellationToken);
        var next = db.Orders.Where(o => o.OriginId == order.OriginId && o.Leg == order.Leg && o.ReplacesId == id).Select(o => (Guid?)o.Id);
        return new OrderDetails(
            row,
            order,
            await db.OrderTransitions.AsNoTracking().Where(t => t.OrderId == id).OrderBy(t => t.Id).ToListAsync(cancellationToken),
            await db.Fills.AsNoTracking().Where(f => f.OrderId == id).OrderBy(f => f.At).ThenBy(f => f.Id).ToListAsync(cancellationToken),
            order.ReplacePress is null ? null : await next.SingleOrDefaultAsync(cancellationToken)
        );
    }

    /// <summary>Every move of the user's orders that come from this signal, bot, position or press itself, oldest first.</summary>
    public async Task<IReadOnlyList<OrderTransitionRow>> MovesOfAsync(
        Guid userId,
        OrderOrigin origin,
        Guid originId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var moves =
            from o in db.Orders.AsNoTracking()
            where o.UserId == userId && o.Origin == origin && o.OriginId == originId
            join t in db.OrderTransitions.AsNoTracking() on o.Id equals t.OrderId
            orderby t.At, t.Id
            select new OrderTransitionRow(o.Id, o.Leg, t.To, t.At);
        return await moves.ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<OrderRow>> ReadAsync(
        Guid userId,
        OrderFilter filter,
        Expression<Func<Order, bool>>? and,
        int take,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var orders = Mine(db, userId, filter);
        orders = and is null ? orders : orders.Where(and);
        return await Rows(db, orders.OrderByDescending(o => o.Id).Take(take)).ToListAsync(cancellationToken);
    }

    private static IQueryable<AmountKey> Quantities(IQueryable<Order> orders) =>
        orders.Select(o => new AmountKey { Id = o.Id, Amount = o.Quantity });

    // As OrderRow.ShownPrice.
    private static IQueryable<AmountKey> Prices(IQueryable<Order> orders) =>
        orders.Select(o => new AmountKey
        {
            Id = o.Id,
            Amount = o.Type == OrderType.Limit || o.Type == OrderType.StopLimit ? o.Price ?? o.StopPrice : o.StopPrice,
        });

    private static IQueryable<Order> Mine(AppDb db, Guid userId, OrderFilter filter)
    {
        var orders = db.Orders.AsNoTracking().Where(o => o.UserId == userId);
        if (filter.Group?.Statuses() is { } statuses)
        {
            orders = orders.Where(o => statuses.Contains(o.Status));
        }

        if (filter.Status is { } status)
        {
            orders = orders.Where(o => o.Status == status);
        }

        if (filter.IsAlarm)
        {
            orders = orders.Where(o => o.Status == OrderStatus.NeedsOperator || o.Code == OrderCodes.PlacedAfterAll);
        }

        if (filter.AccountId is { } accountId)
        {
            orders = orders.Where(o => o.AccountId == accountId);
        }

        if (filter.OwnerId is { } ownerId)
        {
            orders = orders.Where(o => o.OwnerId == ownerId);
        }

        if (filter.OriginId is { } originId)
        {
            orders = orders.Where(o => o.OriginId == originId);
        }

        return Within(OfSymbol(orders, filter.Symbol?.Trim().ToUpperInvariant()), filter);
    }

    private static IQueryable<Order> OfSymbol(IQueryable<Order> orders, string? symbol)
    {
#pragma warning disable CA1862 // The comparisons that it proposes have no translation to SQL.
        return symbol is not { Length: > 0 } ? orders
            : symbol.Contains('/', StringComparison.Ordinal) ? orders.Where(o => o.Symbol.ToUpper() == symbol)
            : orders.Where(o => o.Symbol.ToUpper().StartsWith(symbol));
#pragma warning restore CA1862
    }

    private static IQueryable<Order> Within(IQueryable<Order> orders, OrderFilter filter)
    {
        if (filter.From is { } from)
        {
            var lowest = SequentialIds.LowestAt(from, -SequentialIds.ClockSlack);
            orders = orders.Where(o => o.Id.CompareTo(lowest) >= 0 && o.CreatedAt >= from);
        }

        if (filter.To is { } to)
        {
            var highest = SequentialIds.LowestAt(to, SequentialIds.ClockSlack);
            orders = orders.Where(o => o.Id.CompareTo(highest) < 0 && o.CreatedAt < to);
        }

        return orders;
    }

    private static IQueryable<OrderRow> Rows(AppDb db, IQueryable<Order> orders) =>
        from o in orders
        join a in db.ExchangeAccounts on o.AccountId equals a.Id
        orderby o.Id descending
        select new OrderRow(
            o.Id,
            o.CreatedAt,
            o.AccountId,
            a.Name,
            a.Exchange,
            a.Mode,
            o.Origin,
            o.OriginId,
            o.Leg,
            o.Symbol,
            o.Side,
            o.Type,
            o.Quantity,
            o.Price,
            o.StopPrice,
            o.ReduceOnly,
            o.Status,
            o.FilledQuantity,
            o.ExecutedCost,
            o.ReferencePrice,
            o.Code,
            o.Reason,
            o.CancelRequestedAt,
            o.FinishedAt,
            o.PostOnly,
            o.ReplacesId,
            o.ReplaceQuantity,
            o.ReplacePrice,
            o.Effect
        );
}
