using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ExEngine.Core.Data;

/// <summary>
/// What is decided by looking at all users (who is the first, who is the last operator) is decided by one at a time, over all instances.
/// </summary>
public static class UsersTurn
{
    /// <summary>A transaction that nobody else is in who began it here; commit it to keep what was done.</summary>
    public static async Task<IDbContextTransaction> BeginAsync(AppDb db, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AdvisoryLock.TakeAsync(db, AdvisoryLock.Users, Guid.Empty, cancellationToken);
        return transaction;
    }
}
