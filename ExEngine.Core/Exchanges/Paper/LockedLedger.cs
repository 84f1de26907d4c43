using System.Data.Common;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>The ledger of one paper account inside a transaction that nobody else can change it in.</summary>
internal sealed class LockedLedger
{
    // A transaction on SQLite is the only one that writes, from its beginning; PostgreSQL locks the row.
    private const string LockSql =
        "SELECT user_id, exchange, last_order, last_trade, opened_at FROM paper_ledgers WHERE account_id = @account";

    private const string ReadSql = """
        SELECT asset, free, used FROM paper_holdings WHERE account_id = @account;
        SELECT 1 FROM paper_orders WHERE account_id = @account AND client_id = @client AND status = 'Open'
        """;

    private readonly AppDb _db;
    private readonly PaperLedger _row;
    private readonly Dictionary<string, PaperHolding> _holdings;

    private LockedLedger(AppDb db, PaperLedger row, Dictionary<string, PaperHolding> holdings, bool hasOpen) =>
        (_db, _row, _holdings, HasOpen) = (db, row, holdings, hasOpen);

    public PaperLedger Row => _row;

    /// <summary>Whether an open order has the client id that was asked for.</summary>
    public bool HasOpen { get; }

    /// <summary>Null when the account was never used on paper. The transaction is the caller's.</summary>
    public static async Task<LockedLedger?> FindAsync(AppDb db, Guid accountId, string clientId = "")
    {
        // One round trip. Each statement sees what was committed when the lock was got, which a join with it would not.
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = db is PostgresDb ? LockSql + " FOR UPDATE;" + ReadSql : LockSql + ";" + ReadSql;
        Bind(command, "@account", accountId);
        Bind(command, "@client", clientId);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            return null;
        }

        var row = new PaperLedger
        {
            AccountId = accountId,
            UserId = reader.GetGuid(0),
            Exchange = reader.GetString(1),
            LastOrder = reader.GetInt64(2),
            LastTrade = reader.GetInt64(3),
            OpenedAt = DateTime.SpecifyKind(reader.GetDateTime(4), DateTimeKind.Utc),
        };
        var holdings = new Dictionary<string, PaperHolding>(StringComparer.Ordinal);
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            var asset = reader.GetString(0);
            holdings.Add(
                asset,
                new PaperHolding
                {
                    AccountId = accountId,
                    Asset = asset,
                    Free = reader.GetDecimal(1),
                    Used = reader.GetDecimal(2),
                }
            );
        }

        await reader.NextResultAsync();
        var hasOpen = await reader.ReadAsync();
        db.Attach(row);
        db.AttachRange(holdings.Values);
        return new(db, row, holdings, hasOpen);
    }

    /// <summary>Opens it with the account's start balances at its first use; null when the account is gone.</summary>
    public static async Task<LockedLedger?> OpenAsync(AppDb db, ExchangeAccount account, string clientId, DateTime now)
    {
        if (await FindAsync(db, account.Id, clientId) is { } ledger)
        {
            return ledger;
        }

        // Two instances may be the first at once: one of them opens it, the other waits for that and finds it open.
        var opened = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO paper_ledgers (account_id, user_id, exchange, last_order, last_trade, opened_at)
            SELECT id, user_id, exchange, 0, 0, {now} FROM exchange_accounts WHERE id = {account.Id} AND deleted_at IS NULL
            ON CONFLICT DO NOTHING
            """
        );
        ledger = await FindAsync(db, account.Id, clientId);
        if (opened == 1)
        {
            ledger!.Start(account);
        }

        return ledger;
    }

    public PaperBalancePair BalancesOf(PaperOrder order)
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

        var (@base, quote, balances) = (Holding(order.Base), Holding(order.Quote), outcome.Balances);
        (@base.Free, @base.Used) = (IncrementMath.Shortest(balances.BaseFree), IncrementMath.Shortest(balances.BaseUsed));
        (quote.Free, quote.Used) = (IncrementMath.Shortest(balances.QuoteFree), IncrementMath.Shortest(balances.QuoteUsed));
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

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private PaperTrade TradeOf(PaperOrder order, PaperFill fill, DateTime now) =>
        new()
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
