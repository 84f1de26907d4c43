using ExEngine.Core.Data;
using ExEngine.Core.Preferences;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio.Money;

/// <summary>
/// What a user's fills realised, for pages and REST alike: one pass over the fills of the stretch along their index. Sums are made here:
/// SQLite keeps exact decimals as text and would add them up as doubles.
/// </summary>
public sealed class ProfitQuery(IDbContextFactory<AppDb> databases, RateSource rates, DayBorders borders)
{
    /// <summary>Takes up to 20 s where an exchange does not tell rates that are needed; without, no exchange is asked.</summary>
    /// <param name="from">UTC, inclusive; null for the first fill.</param>
    /// <param name="to">UTC, exclusive; null for the last one.</param>
    public async Task<ProfitReport> ReadAsync(MoneyScope scope, DateTime? from, DateTime? to, CancellationToken cancellationToken)
    {
        var zone = await borders.OfAsync(scope.UserId, cancellationToken);
        var names = await NamesAsync(scope, cancellationToken);
        var book = rates.Fresh(names.Currency);
        var open = RiskValuation.Unrealized(names.Positions, book);
        foreach (var (exchange, quote) in names.Quotes)
        {
            _ = book.RateOf(exchange, quote);
        }

        if (book.Missing is { } missing)
        {
            await rates.FetchAsync(missing, names.Currency, cancellationToken);
            book = rates.Fresh(names.Currency);
            open = RiskValuation.Unrealized(names.Positions, book);
        }

        var math = new ProfitMath(book, zone);
        await AddAsync(math, scope, names, from, to, cancellationToken);
        var fees = await FeeRatesAsync(math, names.Currency, cancellationToken);
        return math.Report(
            fees,
            id => id == Guid.Empty ? "By hand" : names.Owners.All.GetValueOrDefault(id, "Deleted"),
            id => names.Accounts[id].Name
        ) with
        {
            OpenProfit = open,
            OpenPositions = names.Positions.Count,
        };
    }

    private async Task AddAsync(
        ProfitMath math,
        MoneyScope scope,
        Names names,
        DateTime? from,
        DateTime? to,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var fills = db.Fills.AsNoTracking().Where(f => f.UserId == scope.UserId);
        fills = from is { } first ? fills.Where(f => f.At >= first) : fills;
        fills = to is { } end ? fills.Where(f => f.At < end) : fills;
        var rows = fills
            .OrderBy(f => f.At)
            .Select(f => new
            {
                f.At,
                f.AccountId,
                f.Symbol,
                f.OwnerId,
                f.OrderId,
                f.RealizedProfit,
                f.Fee,
                f.FeeAsset,
            })
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (names.Accounts.TryGetValue(row.AccountId, out var account))
            {
                math.Add(
                    new FillResult(
                        row.At,
                        row.AccountId,
                        account.Exchange,
                        row.Symbol,
                        row.OwnerId,
                        row.OrderId,
                        row.RealizedProfit,
                        row.Fee,
                        row.FeeAsset
                    )
                );
            }
        }
    }

    private async Task<RateBook> FeeRatesAsync(ProfitMath math, string currency, CancellationToken cancellationToken)
    {
        var book = rates.Fresh(currency);
        foreach (var (exchange, asset) in math.FeeAssets)
        {
            _ = book.RateOf(exchange, asset);
        }

        if (book.Missing is { } missing)
        {
            await rates.FetchAsync(missing, currency, cancellationToken);
            return rates.Fresh(currency);
        }

        return book;
    }

    private async Task<Names> NamesAsync(MoneyScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var currency = await EquityCurrency.OfAsync(db, scope.UserId, cancellationToken);

        // Deleted ones too: what they earned was earned.
        var accounts = await db
            .ExchangeAccounts.AsNoTracking()
            .Where(a => a.UserId == scope.UserId && a.Mode == scope.Mode && (scope.AccountId == null || a.Id == scope.AccountId))
            .ToDictionaryAsync(a => a.Id, a => new AccountName(a.Name, a.Exchange), cancellationToken);
        var owners = await OwnerNames.ReadAsync(db, scope.UserId, cancellationToken);
        var positions = await db
            .Positions.AsNoTracking()
            .Where(p => p.UserId == scope.UserId)
            .Select(p => new
            {
                p.AccountId,
                p.Symbol,
                p.Quote,
                p.Quantity,
                p.EntryCost,
                p.RealizedProfit,
                IsOpen = p.OpenedAt != null,
            })
            .ToListAsync(cancellationToken);
        var mine = positions.FindAll(p => accounts.ContainsKey(p.AccountId));
        return new Names(
            currency,
            accounts,
            owners,
            [
                .. mine.Where(p => p.IsOpen)
                    .Select(p => new HeldPosition(
                        accounts[p.AccountId].Exchange,
                        p.Symbol,
                        p.Quote,
                        p.Quantity,
                        p.EntryCost,
                        p.RealizedProfit,
                        IsOpen: true
                    )),
            ],
            [.. mine.Where(p => p.RealizedProfit != 0).Select(p => (accounts[p.AccountId].Exchange, p.Quote)).Distinct()]
        );
    }

    private sealed record AccountName(string Name, string Exchange);

    private sealed record Names(
        string Currency,
        Dictionary<Guid, AccountName> Accounts,
        OwnerNames Owners,
        List<HeldPosition> Positions,
        List<(string Exchange, string Quote)> Quotes
    );
}
