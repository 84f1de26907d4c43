using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;

namespace ExEngine.Core.Bots.Running;

/// <summary>Bots keep their account from being deleted.</summary>
public static class BotUses
{
    public static IQueryable<AccountUse> Accounts(AppDb db, Guid userId) =>
        db
            .Bots.Where(b => b.UserId == userId && b.ArchivedAt == null)
            .Select(b => new AccountUse
            {
                AccountId = b.AccountId,
                Kind = "bot",
                Id = b.Id,
                Name = b.Name,
            });
}
