using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Web.Users.Operators;

/// <summary>Who may invite, disable and help users. Read from the row each time: a right that was taken is gone at once.</summary>
public sealed class OperatorRights(IDbContextFactory<AppDb> databases)
{
    public async Task<bool> HasAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(u => u.Id == userId && u.IsOperator && u.DisabledAt == null, cancellationToken);
    }

    /// <summary>Whether nobody could do so without this user, though there are others.</summary>
    public async Task<bool> IsLastAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await HasAsync(userId, cancellationToken)
            && !await db.Users.AnyAsync(u => u.Id != userId && u.IsOperator && u.DisabledAt == null, cancellationToken)
            && await db.Users.AnyAsync(u => u.Id != userId, cancellationToken);
    }
}
