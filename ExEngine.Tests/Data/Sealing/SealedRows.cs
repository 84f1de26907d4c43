using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;

namespace ExEngine.Tests.Data.Sealing;

/// <summary>Rows that hold secrets, before these are sealed and before they are stored.</summary>
internal static class SealedRows
{
    /// <param name="number">Makes the user's name another one.</param>
    public static (AppUser User, ExchangeAccount Account) New(SequentialIds ids, int number)
    {
        var user = new AppUser
        {
            Id = ids.Next(),
            UserName = $"user{number}",
            NormalizedUserName = $"USER{number}",
            CreatedAt = DateTime.UnixEpoch,
        };
        var account = new ExchangeAccount
        {
            Id = ids.Next(),
            UserId = user.Id,
            Name = "main",
            NormalizedName = "MAIN",
            Exchange = "binance",
            CreatedAt = DateTime.UnixEpoch,
            UpdatedAt = DateTime.UnixEpoch,
        };
        return (user, account);
    }
}
