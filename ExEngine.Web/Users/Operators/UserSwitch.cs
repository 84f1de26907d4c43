using System.Security.Cryptography;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Web.Users.Sessions;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Web.Users.Operators;

/// <summary>
/// Keeps a user out, or lets one in again. Out means: no way to sign in, no session, no token, no alert of any webhook. The engine knows
/// nothing of it: open orders, stops and what was accepted before go on, since the way out must always work. Thread-safe.
/// </summary>
public sealed class UserSwitch(
    IDbContextFactory<AppDb> databases,
    SessionStore sessions,
    LiveSessions live,
    ChangeFeed feed,
    TimeProvider time
)
{
    public async Task<UserChange> DisableAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using (var turn = await UserRows.TakeTurnAsync(db, cancellationToken))
        {
            if (await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == userId, cancellationToken) is not { } user)
            {
                return UserChange.NotFound;
            }

            if (
                user is { IsOperator: true, DisabledAt: null }
                && !await db.Users.AnyAsync(u => u.Id != userId && u.IsOperator && u.DisabledAt == null, cancellationToken)
            )
            {
                return UserChange.LastOperator;
            }

            if (user.DisabledAt is null)
            {
                await StampAsync(db, userId, cancellationToken);
                await db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(u => u.SetProperty(x => x.DisabledAt, now), cancellationToken);
            }

            await turn.CommitAsync(cancellationToken);
        }

        await EndAsync(userId);
        return UserChange.Done;
    }

    public async Task<UserChange> EnableAsync(Guid userId, CancellationToken cancellationToken)
    {
        var stamp = NewStamp();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db
            .Users.Where(u => u.Id == userId)
            .ExecuteUpdateAsync(
                u => u.SetProperty(x => x.DisabledAt, (DateTime?)null).SetProperty(x => x.ConcurrencyStamp, stamp),
                cancellationToken
            );
        live.Forget(userId);
        feed.Publish(new ChangeEvent(userId, ChangeKind.Webhook, Guid.Empty));
        return found > 0 ? UserChange.Done : UserChange.NotFound;
    }

    public async Task<UserChange> MakeOperatorAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var stamp = NewStamp();
        var found = await db
            .Users.Where(u => u.Id == userId)
            .ExecuteUpdateAsync(u => u.SetProperty(x => x.IsOperator, true).SetProperty(x => x.ConcurrencyStamp, stamp), cancellationToken);
        return found > 0 ? UserChange.Done : UserChange.NotFound;
    }

    /// <summary>Signs a user out everywhere, tokens and links to set a new password included.</summary>
    public async Task<UserChange> EndSessionsAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await StampAsync(db, userId, cancellationToken);
        await EndAsync(userId);
        return found > 0 ? UserChange.Done : UserChange.NotFound;
    }

    // The second stamp lets nobody who read the row before write it back as it was.
    private static Task<int> StampAsync(AppDb db, Guid userId, CancellationToken cancellationToken)
    {
        var (security, concurrency) = (NewStamp(), NewStamp());
        return db
            .Users.Where(u => u.Id == userId)
            .ExecuteUpdateAsync(
                u => u.SetProperty(x => x.SecurityStamp, security).SetProperty(x => x.ConcurrencyStamp, concurrency),
                cancellationToken
            );
    }

    private static string NewStamp() => RandomNumberGenerator.GetHexString(32);

    // Told whatever becomes of the request that asked: what is stored counts already.
    private async Task EndAsync(Guid userId)
    {
        live.Forget(userId);
        await sessions.EndOthersAsync(userId, null, CancellationToken.None);
        feed.Publish(new ChangeEvent(userId, ChangeKind.Session, Guid.Empty));
        feed.Publish(new ChangeEvent(userId, ChangeKind.Webhook, Guid.Empty));
    }
}

public enum UserChange
{
    Done,
    NotFound,

    /// <summary>Nobody would be left who could undo it.</summary>
    LastOperator,
}
