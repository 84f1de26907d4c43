using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>The row of an exchange account, as what is made on it sees it.</summary>
internal static class AccountRow
{
    public const string DeletedMeanwhile = "The account was deleted meanwhile. Choose another one.";

    /// <summary>
    /// Locks it to the end of the transaction: it cannot be deleted between a validator's look and the commit of what it looked at.
    /// Who also waits for a <see cref="UserCap"/> does that before.
    /// </summary>
    /// <returns>False when it is deleted.</returns>
    public static async Task<bool> HoldAsync(AppDb db, Guid accountId, CancellationToken cancellationToken) =>
        await db
            .ExchangeAccounts.Where(a => a.Id == accountId && a.DeletedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.UpdatedAt, a => a.UpdatedAt), cancellationToken) > 0;
}
