using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;

namespace ExEngine.Core.Orders.Queries;

/// <summary>What would be left alone if an account were deleted: orders that may be live, and coins that are held.</summary>
public static class OrderUses
{
    public static IQueryable<AccountUse> OpenOrders(AppDb db, Guid userId) =>
        db
            .Orders.Where(o => o.UserId == userId && o.SettledAt == null && o.FinishedAt == null)
            .Select(o => new AccountUse
            {
                AccountId = o.AccountId,
                Kind = "order",
                Id = o.Id,
                Name = o.Symbol,
            });

    public static IQueryable<AccountUse> OpenPositions(AppDb db, Guid userId) =>
        db
            .Positions.Where(p => p.UserId == userId && p.OpenedAt != null)
            .Select(p => new AccountUse
            {
                AccountId = p.AccountId,
                Kind = AccountUse.Position,
                Id = p.Id,
                Name = p.Symbol,
            });

    /// <summary>
    /// Symbols in which a paper account has traded what the engine has not heard of yet: to be asked before <see cref="OpenPositions"/>.
    /// </summary>
    public static IQueryable<AccountUse> UnheardTrades(AppDb db, Guid userId) =>
        db
            .Orders.Where(o =>
                o.UserId == userId
                && o.SettledAt == null
                && db.PaperOrders.Any(p => p.AccountId == o.AccountId && p.ClientId == o.ClientId && p.FilledQuantity > o.BookedQuantity)
            )
            .Select(o => new AccountUse
            {
                AccountId = o.AccountId,
                Kind = AccountUse.Position,
                Id = o.Id,
                Name = o.Symbol,
            });
}
