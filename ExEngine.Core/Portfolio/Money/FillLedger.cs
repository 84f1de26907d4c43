using System.Runtime.CompilerServices;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Positions;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio.Money;

/// <summary>
/// Every fill of a user with what it took along of its position's cost, for a tax declaration: oldest first, a few at a time. The cost is
/// counted as positions count it (average cost), from the first fill on, whatever stretch is asked for.
/// </summary>
public sealed class FillLedger(IDbContextFactory<AppDb> databases)
{
    private const int Step = 1000;

    /// <param name="mode">Null for live and paper.</param>
    /// <param name="accountId">Null for all.</param>
    /// <param name="symbol">Null for all; with a slash that symbol, else those that begin with it. Case does not matter.</param>
    /// <param name="from">UTC, inclusive.</param>
    /// <param name="to">UTC, exclusive.</param>
    public async IAsyncEnumerable<FillLine> AllAsync(
        Guid userId,
        AccountMode? mode,
        Guid? accountId,
        string? symbol,
        DateTime? from,
        DateTime? to,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var names = await NamesAsync(userId, mode, accountId, cancellationToken);
        var holdings = new Dictionary<(Guid, string, Guid), Holding>();
        await foreach (var fill in FillsAsync(userId, to, cancellationToken))
        {
            var key = (fill.AccountId, fill.Symbol, fill.OwnerId);
            if (!names.Accounts.TryGetValue(fill.AccountId, out var account) || !names.Positions.TryGetValue(key, out var position))
            {
                continue;
            }

            var before = holdings.GetValueOrDefault(key) ?? new Holding { Base = position.Base, Quote = position.Quote };
            var after = PositionMath.Apply(before, fill).After;
            holdings[key] = after;
            if ((from is null || fill.At >= from) && IsOf(fill, symbol))
            {
                decimal? cost = after.EntryCost < before.EntryCost ? before.EntryCost - after.EntryCost : null;
                var owner = fill.OwnerId == Guid.Empty ? null : names.Owners.All.GetValueOrDefault(fill.OwnerId);
                yield return new FillLine(fill, account.Name, account.Exchange, account.Mode, position.Quote, cost, position.Id, owner);
            }
        }
    }

    private static bool IsOf(Fill fill, string? symbol) =>
        symbol?.Trim() is not { Length: > 0 } asked
        || (
            asked.Contains('/', StringComparison.Ordinal)
                ? fill.Symbol.Equals(asked, StringComparison.OrdinalIgnoreCase)
                : fill.Symbol.StartsWith(asked, StringComparison.OrdinalIgnoreCase)
        );

    // By the exchange's time; those of one instant in the order in which positions count them.
    private async IAsyncEnumerable<Fill> FillsAsync(Guid userId, DateTime? to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var instant = new List<Fill>();
        var (at, id) = (DateTime.MinValue, Guid.Empty);
        List<Fill> page;
        do
        {
            var (lastAt, lastId) = (DateTime.SpecifyKind(at, DateTimeKind.Utc), id);
            await using (var db = await databases.CreateDbContextAsync(cancellationToken))
            {
                page = await db
                    .Fills.AsNoTracking()
                    .Where(f => f.UserId == userId && f.At >= lastAt && (to == null || f.At < to))
                    .Where(f => f.At > lastAt || f.Id.CompareTo(lastId) > 0)
                    .OrderBy(f => f.At)
                    .ThenBy(f => f.Id)
                    .Take(Step)
                    .ToListAsync(cancellationToken);
            }

            foreach (var fill in page)
            {
                if (instant.Count > 0 && fill.At != instant[0].At)
                {
                    foreach (var done in instant.Order(FillOrder.Instance))
                    {
                        yield return done;
                    }

                    instant.Clear();
                }

                instant.Add(fill);
                (at, id) = (fill.At, fill.Id);
            }
        } while (page.Count == Step);

        foreach (var done in instant.Order(FillOrder.Instance))
        {
            yield return done;
        }
    }

    private async Task<Names> NamesAsync(Guid userId, AccountMode? mode, Guid? accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return new Names(
            await db
                .ExchangeAccounts.AsNoTracking()
                .Where(a => a.UserId == userId && (mode == null || a.Mode == mode) && (accountId == null || a.Id == accountId))
                .ToDictionaryAsync(a => a.Id, a => (a.Name, a.Exchange, a.Mode), cancellationToken),
            await db
                .Positions.AsNoTracking()
                .Where(p => p.UserId == userId)
                .Select(p => new
                {
                    p.AccountId,
                    p.Symbol,
                    p.OwnerId,
                    p.Id,
                    p.Base,
                    p.Quote,
                })
                .ToDictionaryAsync(p => (p.AccountId, p.Symbol, p.OwnerId), p => (p.Id, p.Base, p.Quote), cancellationToken),
            await OwnerNames.ReadAsync(db, userId, cancellationToken)
        );
    }

    private sealed record Names(
        Dictionary<Guid, (string Name, string Exchange, AccountMode Mode)> Accounts,
        Dictionary<(Guid, string, Guid), (Guid Id, string Base, string Quote)> Positions,
        OwnerNames Owners
    );
}

/// <param name="CostBasis">In quote: what of the position's cost this fill took along; null for one that took none.</param>
/// <param name="Webhook">Whose position it is; null for what people traded by hand.</param>
public sealed record FillLine(
    Fill Fill,
    string Account,
    string Exchange,
    AccountMode Mode,
    string Quote,
    decimal? CostBasis,
    Guid PositionId,
    string? Webhook
);
