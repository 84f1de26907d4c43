using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>The ledger of one paper account inside a transaction that nobody else can change it in.</summary>
internal sealed class LockedLedger
{
    private readonly AppDb _db;
    private readonly PaperLedger _row;
    private readonly Dictionary<string, PaperHolding> _holdings;

    private LockedLedger(AppDb db, PaperLedger row, Dictionary<string, PaperHolding> holdings) => (_db, _row, _holdings) = (db, row, holdings);

    public PaperLedger Row => _row;

    /// <summary>Null when the account was never used on paper. The transaction is the caller's.</summary>
    public static async Task<LockedLedger?> FindAsync(AppDb db, Guid accountId)
    {
        // A transaction on SQLite is the only one that writes, from its beginning.
        var sql = "SELECT * FROM paper_ledgers WHERE account_id = {0}" + (db is PostgresDb ? " FOR UPDATE" : "");
        if (await db.PaperLedgers.FromSqlRaw(sql, accountId).ToListAsync() is not [var row])
        {
            return null;
        }

        var holdings = await db.PaperHoldings.Where(h => h.AccountId == accountId).ToListAsync();
        return new(db, row, holdings.ToDictionary(h => h.Asset, StringComparer.Ordinal));
    }

    /// <summary>Opens it with the account's start balances at its first use; null when the account is gone.</summary>
    public static async Task<LockedLedger?> OpenAsync(AppDb db, ExchangeAccount account, DateTime now)
    {
        if (await FindAsync(db, account.Id) is { } ledger)
        {
            return ledger;
        }

        // Two instances may be the first at once: one of them opens it, the other waits for that and finds it open.
        var opened = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO paper_ledgers (account_id, user_id, exchange, last_order, last_trade, opened_at)
            SELECT id, user_id, exchange, 0, 0, {now} FROM exchange_accounts WHERE id = {account.Id} AND deleted_at IS NULL
            ON CONFLICT DO NOTHING
            """);
        ledger = await FindAsync(db, account.Id);
        if (opened == 1)
        {
            ledger!.Start(account);
        }

        return ledger;
    }

    public PaperPurse PurseOf(PaperOrder order)
    {
        var (@base, quote) = (Holding(order.Base), Holding(order.Quote));
        return new(@base.Free, @base.Used, quote.Free, quote.Used);
    }

    public long NextOrder() => ++_row.LastOrder;

    /// <summary>Takes down what became of an order: the row of it, its fill and the two balances. The caller saves.</summary>
    /// <param name="stored">The row as it was; null for a new order.</param>
    /// <returns>The trade that the fill made.</returns>
    public PaperTrade? Write(PaperOutcome outcome, PaperOrder? stored, DateTime now)
    {
        var order = outcome.Order;
        if (stored is null)
        {
            _db.Add(order);
        }
        else
        {
            _db.Entry(stored).CurrentValues.SetValues(order);
        }

        var (@base, quote, purse) = (Holding(order.Base), Holding(order.Quote), outcome.Purse);
        (@base.Free, @base.Used) = (StepMath.Shortest(purse.BaseFree), StepMath.Shortest(purse.BaseUsed));
        (quote.Free, quote.Used) = (StepMath.Shortest(purse.QuoteFree), StepMath.Shortest(purse.QuoteUsed));
        return outcome.Fill is { } fill ? _db.Add(TradeOf(order, fill, now)).Entity : null;
    }

    /// <summary>Everything that is in it goes; what the account starts with comes.</summary>
    public void Start(ExchangeAccount account)
    {
        foreach (var holding in _holdings.Values)
        {
            (holding.Free, holding.Used) = (0, 0);
        }

        foreach (var (asset, amount) in AccountBalances.Amounts(account))
        {
            Holding(asset).Free = amount;
        }
    }

    private PaperTrade TradeOf(PaperOrder order, PaperFill fill, DateTime now) => new()
    {
        AccountId = order.AccountId,
        Number = ++_row.LastTrade,
        OrderNumber = order.Number,
        Symbol = order.Symbol,
        Side = order.Side,
        Price = fill.Price,
        Quantity = fill.Quantity,
        Cost = fill.Cost,
        Fee = fill.Fee,
        FeeAsset = fill.FeeInBase ? order.Base : order.Quote,
        IsMaker = fill.IsMaker,
        At = now,
    };

    private PaperHolding Holding(string asset)
    {
        if (!_holdings.TryGetValue(asset, out var holding))
        {
            _holdings.Add(asset, holding = new PaperHolding { AccountId = _row.AccountId, Asset = asset });
            _db.Add(holding);
        }

        return holding;
    }
}
