using System.Security.Cryptography;
using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Orders;
using ExEngine.Core.Risk;
using ExEngine.Core.Text;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Portfolio.Money;

/// <summary>
/// Takes one snapshot: claims its slot, asks the exchange outside of any transaction, and writes what it is worth together with what came
/// from outside.
/// </summary>
public sealed class EquityWriter(IDbContextFactory<AppDb> databases, ExchangeFactory exchanges, RateSource rates, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Younger fills are read again with each look: one may be committed later than another that was made after it.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    /// <param name="slot">UTC, on a whole minute.</param>
    /// <returns>False when another instance, or an earlier look, has the slot, or the account is gone.</returns>
    public async Task<bool> TakeAsync(ExchangeAccount account, DateTime slot, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow().UtcDateTime;
        string currency;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            currency = await EquityCurrency.OfAsync(db, account.UserId, cancellationToken);
            var (fine, incomplete) = (nameof(EquityGrain.Fine), false);
            var claimed = await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO equity_snapshots (account_id, slot, user_id, at, currency, is_complete, grain)
                SELECT id, {slot}, user_id, {at}, {currency}, {incomplete}, {fine} FROM exchange_accounts
                WHERE id = {account.Id} AND deleted_at IS NULL ON CONFLICT DO NOTHING
                """,
                cancellationToken
            );
            if (claimed == 0)
            {
                return false;
            }
        }

        var (balances, problem) = await BalancesAsync(account, cancellationToken);
        await using var write = await databases.CreateDbContextAsync(cancellationToken);
        if (balances is not null)
        {
            problem = await WriteAsync(write, account, (slot, at, currency), balances, cancellationToken);
        }

        if (problem is not null)
        {
            problem = problem.Length > EquitySnapshot.MaxText ? problem[..EquitySnapshot.MaxText] : problem;
            await Row(write, account.Id, slot).ExecuteUpdateAsync(s => s.SetProperty(r => r.Problem, problem), cancellationToken);
        }

        return true;
    }

    private static IQueryable<EquitySnapshot> Row(AppDb db, Guid accountId, DateTime slot) =>
        db.EquitySnapshots.Where(s => s.AccountId == accountId && s.Slot == slot);

    private async Task<(IReadOnlyList<AssetBalance>? Balances, string? Problem)> BalancesAsync(
        ExchangeAccount account,
        CancellationToken cancellationToken
    )
    {
        if (account is { Mode: AccountMode.Live, KeyState: KeyState.Rejected })
        {
            return (null, $"{account.Exchange} does not take the key.");
        }

        try
        {
            var answer = await exchanges.Of(account).BalancesAsync(cancellationToken).WaitAsync(Timeout, time, cancellationToken);
            return answer.IsDone ? (answer.Value, null) : (null, $"{account.Exchange} did not tell: {answer.Fault.Message}");
        }
        catch (TimeoutException)
        {
            return (null, $"{account.Exchange} did not answer.");
        }
        catch (CryptographicException)
        {
            return (null, "The stored secrets do not open with this key ring.");
        }
    }

    /// <returns>Why there are no figures; null when they are written.</returns>
    private async Task<string?> WriteAsync(
        AppDb db,
        ExchangeAccount account,
        (DateTime Slot, DateTime At, string Currency) look,
        IReadOnlyList<AssetBalance> balances,
        CancellationToken cancellationToken
    )
    {
        // After the balances: what is executed in between is then stored and not there, and evens out with the next look.
        var books = await BooksAsync(db, account.Id, look.At, cancellationToken);
        var figures = Figures(account.Exchange, books, balances, rates.Fresh(look.Currency));
        if (figures.Missing is { } missing)
        {
            await rates.FetchAsync(missing, look.Currency, cancellationToken);
            figures = Figures(account.Exchange, books, balances, rates.Fresh(look.Currency));
        }

        if (figures.Missing is not null)
        {
            return $"No price now for {string.Join(", ", figures.Worth.Unknown)}.";
        }

        var row = await Row(db, account.Id, look.Slot).SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            // The account was deleted meanwhile.
            return null;
        }

        const int decimals = 8;
        row.Cash = decimal.Round(figures.Worth.Cash, decimals);
        row.Held = decimal.Round(figures.Worth.Held, decimals);
        row.Equity = row.Cash + row.Held;
        row.NetDeposits = decimal.Round(figures.Flow.NetDeposits + figures.Flow.Pending, decimals);
        row.IsComplete = figures.Worth.LeftOut.Count == 0;
        var leftOut = string.Join(", ", figures.Worth.LeftOut);
        row.LeftOut =
            leftOut.Length == 0 ? null
            : leftOut.Length > EquitySnapshot.MaxText ? leftOut[..EquitySnapshot.MaxText]
            : leftOut;
        var flow = books.Flow ?? db.Add(New(account, look.Currency)).Entity;
        flow.Currency = look.Currency;
        flow.NetDeposits = figures.Flow.NetDeposits;
        flow.Assets = JsonSerializer.Serialize(figures.Flow.Assets, ExactJson.Options);
        flow.CountedTo = books.CountedTo;
        flow.Version++;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another look at the account was quicker, and knows more: this one is none.
            db.ChangeTracker.Clear();
            await Row(db, account.Id, look.Slot).ExecuteDeleteAsync(cancellationToken);
        }

        return null;
    }

    private async Task<Books> BooksAsync(AppDb db, Guid accountId, DateTime now, CancellationToken cancellationToken)
    {
        var flow = await db.AccountFlows.SingleOrDefaultAsync(f => f.AccountId == accountId, cancellationToken);
        var assets = flow is null ? [] : JsonSerializer.Deserialize<Dictionary<string, AssetFlow>>(flow.Assets, ExactJson.Options)!;
        var traded = assets.ToDictionary(a => a.Key, a => a.Value.Traded, StringComparer.Ordinal);
        var recent = new Dictionary<string, decimal>(StringComparer.Ordinal);

        // At the first look what was traded before is part of what is there.
        var countedTo = flow?.CountedTo ?? now - Recent;
        var until = now - Recent > countedTo ? now - Recent : countedTo;
        var (first, end) = (SequentialIds.LowestAt(countedTo), SequentialIds.LowestAt(until));

        // Entries that only the books made moved no coin: an order is behind what did.
        var fills = db
            .Fills.AsNoTracking()
            .Where(f => f.AccountId == accountId && f.Id.CompareTo(first) >= 0 && f.OrderId != Guid.Empty)
            .Select(f => new
            {
                f.Id,
                f.Symbol,
                f.Side,
                f.Quantity,
                f.Cost,
                f.Fee,
                f.FeeAsset,
                IsCounted = f.Id.CompareTo(end) < 0,
            })
            .AsAsyncEnumerable();
        await foreach (var fill in fills.WithCancellation(cancellationToken))
        {
            var amounts = new TradedAmounts(fill.Side, fill.Quantity, fill.Cost, fill.Fee, fill.FeeAsset);
            FlowMath.Add(fill.IsCounted ? traded : recent, fill.Symbol, amounts);
        }

        var open = await db
            .Orders.AsNoTracking()
            .Where(o => o.AccountId == accountId && o.SettledAt == null)
            .Select(o => new
            {
                o.Status,
                o.FilledQuantity,
                o.BookedQuantity,
            })
            .ToListAsync(cancellationToken);
        var isQuiet = open.TrueForAll(o => o.FilledQuantity == o.BookedQuantity && !o.Status.IsUnsettled());
        return new Books(flow, assets, traded, recent, until, isQuiet);
    }

    private static EquityFigures Figures(string exchange, Books books, IReadOnlyList<AssetBalance> balances, RateBook book)
    {
        var worth = EquityValuation.Of(exchange, balances, book);
        var totals = balances.GroupBy(b => b.Asset).ToDictionary(g => g.Key, g => g.Sum(b => b.Total), StringComparer.Ordinal);
        var before = books.Flow is { } flow && flow.Currency == book.Currency ? new FlowStep(flow.NetDeposits, 0, books.Assets) : null;
        var step = FlowMath.Step(
            before,
            totals,
            books.Traded,
            books.Recent,
            books.IsQuiet,
            (asset, amount) => book.Convert(exchange, asset, amount)
        );
        return new EquityFigures(worth, step, book.Missing is { } m && m.Symbols.Count + m.Assets.Count > 0 ? m : null);
    }

    private static AccountFlow New(ExchangeAccount account, string currency) =>
        new()
        {
            AccountId = account.Id,
            UserId = account.UserId,
            Currency = currency,
            Assets = "{}",
        };

    private sealed record Books(
        AccountFlow? Flow,
        IReadOnlyDictionary<string, AssetFlow> Assets,
        Dictionary<string, decimal> Traded,
        Dictionary<string, decimal> Recent,
        DateTime CountedTo,
        bool IsQuiet
    );
}

/// <param name="Missing">Prices that are not known now and may be; null for none.</param>
internal sealed record EquityFigures(EquityValuation Worth, FlowStep Flow, MissingRates? Missing);
