using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Markets;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Exchanges.Paper;

/// <summary>Paper accounts straight in a database, and tickets for them.</summary>
internal static class PaperAccounts
{
    public static async Task<ExchangeAccount> AddAsync(
        TestDatabase database,
        string exchange = "paper",
        string balances = """{"USDT":"10000"}"""
    )
    {
        var ids = database.Get<SequentialIds>();
        var user = await database.AddUserAsync(ids.Next().ToString("N"));
        var account = new ExchangeAccount
        {
            Id = ids.Next(),
            UserId = user.Id,
            Name = "Paper",
            NormalizedName = "PAPER",
            Exchange = exchange,
            Mode = AccountMode.Paper,
            PaperBalances = balances,
            CreatedAt = DateTime.UnixEpoch,
            UpdatedAt = DateTime.UnixEpoch,
        };
        await using var db = database.Open();
        db.Add(account);
        await db.SaveChangesAsync();
        return account;
    }

    public static ValidatedOrder Ticket(Market market, OrderDraft draft) =>
        OrderValidator.Check(draft, market, null).Order
        ?? throw new InvalidOperationException(OrderValidator.Check(draft, market, null).Refusal!.Message);
}
