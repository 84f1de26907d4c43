using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Data;

/// <summary>How many rows of a kind one user may have.</summary>
internal static class UserCap
{
    /// <summary>
    /// Whether another one is one too many. First in a transaction: another request of the same user waits until it ends, and
    /// what it holds while it waits can be what this one needs next.
    /// </summary>
    /// <param name="row">What is to be saved; one that is stored already is none more.</param>
    /// <param name="cap">0 means none.</param>
    /// <param name="rows">Those that the user has.</param>
    public static async Task<bool> IsReachedAsync<TRow>(
        AppDb db,
        TRow row,
        Guid userId,
        int cap,
        IQueryable<TRow> rows,
        CancellationToken cancellationToken
    )
        where TRow : class
    {
        if (cap == 0 || db.Entry(row).State != EntityState.Added)
        {
            return false;
        }

        await AdvisoryLock.TakeAsync(db, AdvisoryLock.UserCap, userId, cancellationToken);
        return await rows.CountAsync(cancellationToken) >= cap;
    }

    /// <summary>Saves in a transaction of its own.</summary>
    /// <returns>False when it was one too many, and is not saved.</returns>
    public static async Task<bool> SaveAsync<TRow>(
        AppDb db,
        TRow row,
        Guid userId,
        int cap,
        IQueryable<TRow> rows,
        CancellationToken cancellationToken
    )
        where TRow : class
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await IsReachedAsync(db, row, userId, cap, rows, cancellationToken))
        {
            return false;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
