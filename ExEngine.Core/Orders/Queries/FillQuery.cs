using ExEngine.Core.Data;
using ExEngine.Core.Positions;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders.Queries;

/// <summary>Reads what was executed, always of one user.</summary>
public sealed class FillQuery(IDbContextFactory<AppDb> databases)
{
    private const int MaxRows = 500;

    /// <summary>All of them, newest first.</summary>
    /// <param name="filter">Account, symbol and time count, which is here that of the execution.</param>
    public IAsyncEnumerable<FillRow> AllAsync(Guid userId, OrderFilter filter, CancellationToken cancellationToken) =>
        EveryPage.Of<FillRow>((last, take, ct) => ListAsync(userId, filter, last?.Fill, take, ct), MaxRows, cancellationToken);

    private async Task<IReadOnlyList<FillRow>> ListAsync(
        Guid userId,
        OrderFilter filter,
        Fill? last,
        int take,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var fills = Mine(db, userId, filter);
        if (last is not null)
        {
            var (at, id) = (last.At, last.Id);
            fills = fills.Where(f => f.At < at || (f.At == at && f.Id.CompareTo(id) < 0));
        }

        var rows =
            from f in fills.OrderByDescending(f => f.At).ThenByDescending(f => f.Id).Take(take)
            join a in db.ExchangeAccounts on f.AccountId equals a.Id
            orderby f.At descending, f.Id descending
            select new FillRow(f, a.Name, a.Exchange);
        return await rows.ToListAsync(cancellationToken);
    }

    private static IQueryable<Fill> Mine(AppDb db, Guid userId, OrderFilter filter)
    {
        var fills = db.Fills.AsNoTracking().Where(f => f.UserId == userId);
        if (filter.AccountId is { } accountId)
        {
            fills = fills.Where(f => f.AccountId == accountId);
        }

        if (filter.Symbol?.Trim().ToUpperInvariant() is { Length: > 0 } symbol)
        {
#pragma warning disable CA1862 // The comparisons that it proposes have no translation to SQL.
            fills = symbol.Contains('/', StringComparison.Ordinal)
                ? fills.Where(f => f.Symbol.ToUpper() == symbol)
                : fills.Where(f => f.Symbol.ToUpper().StartsWith(symbol));
#pragma warning restore CA1862
        }

        if (filter.From is { } from)
        {
            fills = fills.Where(f => f.At >= from);
        }

        if (filter.To is { } to)
        {
            fills = fills.Where(f => f.At < to);
        }

        return fills;
    }
}

/// <summary>An execution as lists show it.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Exchange">The account's exchange.</param>
public sealed record FillRow(Fill Fill, string Account, string Exchange);
