using System.Linq.Expressions;
using ExEngine.Core.Data;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>
/// Reads signals for pages and REST alike, always those of one user, newest first. A page is found by the ids beside it
/// (they are sequential), so that reading on costs the same at any depth.
/// </summary>
public sealed class SignalQuery(IDbContextFactory<AppDb> databases, OrderQuery orders)
{
    /// <summary>Rows that one look may bring.</summary>
    public const int MaxRows = 500;

    /// <param name="before">Only signals older than this id.</param>
    /// <param name="take">1 to <see cref="MaxRows"/>, and the one more that tells whether there are more.</param>
    public Task<IReadOnlyList<SignalRow>> ListAsync(
        Guid userId,
        SignalFilter filter,
        Guid? before,
        int take,
        CancellationToken cancellationToken
    ) => ReadAsync(userId, filter, before is { } id ? s => s.Id.CompareTo(id) < 0 : null, take, cancellationToken);

    /// <summary>The current state of rows that are already shown, in no particular order; those that no longer fit are left out.</summary>
    public Task<IReadOnlyList<SignalRow>> AgainAsync(
        Guid userId,
        SignalFilter filter,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken
    ) => ReadAsync(userId, filter, s => ids.Contains(s.Id), MaxRows, cancellationToken);

    /// <summary>How many arrived after the newest one known; counts to <paramref name="atMost"/>.</summary>
    public async Task<int> CountNewerAsync(Guid userId, SignalFilter filter, Guid after, int atMost, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Mine(db, userId, filter)
            .Where(s => s.Id.CompareTo(after) > 0)
            .OrderBy(s => s.Id)
            .Take(atMost)
            .CountAsync(cancellationToken);
    }

    /// <returns>Null when there is none, or it belongs to someone else.</returns>
    public async Task<SignalHistory?> FindAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await Rows(db, db.Signals.AsNoTracking().Where(s => s.Id == id && s.UserId == userId))
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return null;
        }

        var rest = await db
            .Signals.AsNoTracking()
            .Where(s => s.Id == id)
            .Select(s => new
            {
                s.Payload,
                s.Detail,
                s.SourceIp,
                s.RequestId,
            })
            .SingleAsync(cancellationToken);
        var detail = SignalDetailJson.Read(rest.Detail);
        return new SignalHistory(
            row,
            rest.Payload,
            detail,
            rest.SourceIp,
            rest.RequestId,
            await orders.ListAsync(userId, new OrderFilter { OriginId = id }, null, OrderQuery.MaxRows, cancellationToken),
            await orders.MovesOfAsync(userId, OrderOrigin.Signal, id, cancellationToken)
        );
    }

    /// <summary>A stretch of the list in another order than newest first.</summary>
    /// <param name="skip">Rows before the first one wanted.</param>
    /// <param name="take">1 to <see cref="MaxRows"/>.</param>
    public async Task<IReadOnlyList<SignalRow>> SortedAsync(
        Guid userId,
        SignalFilter filter,
        RowSort sort,
        int skip,
        int take,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await SortedRows.ReadAsync(
            Mine(db, userId, filter),
            sort,
            s => s.Id,
            s => s.Symbol,
            s => s.Status,
            skip,
            take,
            ids => AgainAsync(userId, new SignalFilter(), ids, cancellationToken),
            r => r.Id,
            cancellationToken
        );
    }

    /// <summary>All of them, newest first.</summary>
    public IAsyncEnumerable<SignalRow> AllAsync(Guid userId, SignalFilter filter, CancellationToken cancellationToken) =>
        EveryPage.Of<SignalRow>((last, take, ct) => ListAsync(userId, filter, last?.Id, take, ct), MaxRows, cancellationToken);

    private async Task<IReadOnlyList<SignalRow>> ReadAsync(
        Guid userId,
        SignalFilter filter,
        Expression<Func<Signal, bool>>? and,
        int take,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var signals = Mine(db, userId, filter);
        signals = and is null ? signals : signals.Where(and);
        return await Rows(db, signals.OrderByDescending(s => s.Id).Take(take)).ToListAsync(cancellationToken);
    }

    private static IQueryable<Signal> Mine(AppDb db, Guid userId, SignalFilter filter)
    {
        var signals = db.Signals.AsNoTracking().Where(s => s.UserId == userId);
        if (filter.WebhookId is { } webhookId)
        {
            signals = signals.Where(s => s.WebhookId == webhookId);
        }

        if (filter.Status is { } status)
        {
            signals = signals.Where(s => s.Status == status);
        }

        if (filter.Symbol?.Trim().ToUpperInvariant() is { Length: > 0 } symbol)
        {
#pragma warning disable CA1862 // The comparisons that it proposes have no translation to SQL.
            signals = symbol.Contains('/', StringComparison.Ordinal)
                ? signals.Where(s => s.Symbol!.ToUpper() == symbol)
                : signals.Where(s => s.Symbol!.ToUpper().StartsWith(symbol));
#pragma warning restore CA1862
        }

        if (filter.From is { } from)
        {
            var lowest = SequentialIds.LowestAt(from, -SequentialIds.ClockSlack);
            signals = signals.Where(s => s.Id.CompareTo(lowest) >= 0 && s.ReceivedAt >= from);
        }

        if (filter.To is { } to)
        {
            var highest = SequentialIds.LowestAt(to, SequentialIds.ClockSlack);
            signals = signals.Where(s => s.Id.CompareTo(highest) < 0 && s.ReceivedAt < to);
        }

        return signals;
    }

    private static IQueryable<SignalRow> Rows(AppDb db, IQueryable<Signal> signals) =>
        from s in signals
        join w in db.Webhooks on s.WebhookId equals w.Id into found
        from w in found.DefaultIfEmpty()
        join b in db.SignalBatches on s.BatchId equals b.Id into batches
        from b in batches.DefaultIfEmpty()
        orderby s.Id descending
        select new SignalRow(
            s.Id,
            s.ReceivedAt,
            b == null ? null : b.CommittedAt,
            s.WebhookId,
            w == null ? "" : w.Name,
            s.AccountId,
            s.Status,
            s.Preset,
            s.Symbol,
            s.Action,
            s.Size,
            s.Code,
            s.Reason
        );
}
