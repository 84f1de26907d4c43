using Microsoft.EntityFrameworkCore.Storage;

namespace ExEngine.Core.Data;

/// <summary>A transaction on one account's rows. Its owner's lease was checked, and is held, when it began.</summary>
public sealed class LeasedTransaction(AppDb db, IDbContextTransaction transaction) : IAsyncDisposable
{
    public AppDb Db => db;

    /// <summary>Saves and commits; nothing is published before that.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await db.DisposeAsync();
    }
}
