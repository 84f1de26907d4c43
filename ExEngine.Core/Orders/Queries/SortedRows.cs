using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders.Queries;

/// <summary>Reads a stretch of a list in another order than newest first.</summary>
public static class SortedRows
{
    /// <param name="mine">The rows of one user and one filter.</param>
    /// <param name="id">Their sequential ids.</param>
    /// <param name="skip">Rows before the first one wanted.</param>
    /// <param name="again">Reads rows by their ids, in any order.</param>
    public static async Task<IReadOnlyList<TRow>> ReadAsync<T, TStatus, TRow>(
        IQueryable<T> mine,
        RowSort sort,
        Expression<Func<T, Guid>> id,
        Expression<Func<T, string?>> symbol,
        Expression<Func<T, TStatus>> status,
        int skip,
        int take,
        Func<IReadOnlyCollection<Guid>, Task<IReadOnlyList<TRow>>> again,
        Func<TRow, Guid> idOf,
        CancellationToken cancellationToken
    )
    {
        var sorted = sort switch
        {
            RowSort.Oldest => mine.OrderBy(id),
            RowSort.Symbol => mine.OrderBy(symbol).ThenByDescending(id),
            RowSort.SymbolDown => mine.OrderByDescending(symbol).ThenByDescending(id),
            RowSort.Status => mine.OrderBy(status).ThenByDescending(id),
            RowSort.StatusDown => mine.OrderByDescending(status).ThenByDescending(id),
            _ => mine.OrderByDescending(id),
        };

        return await ReadAsync(sorted.Select(id).Skip(skip).Take(take), again, idOf, cancellationToken);
    }

    /// <summary>The ids first, which an index alone may answer; a join may not keep the order.</summary>
    internal static async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(
        IQueryable<Guid> sorted,
        Func<IReadOnlyCollection<Guid>, Task<IReadOnlyList<TRow>>> again,
        Func<TRow, Guid> idOf,
        CancellationToken cancellationToken
    )
    {
        var ids = await sorted.ToListAsync(cancellationToken);
        var rows = (await again(ids)).ToDictionary(idOf);
        return [.. ids.Where(rows.ContainsKey).Select(i => rows[i])];
    }
}
