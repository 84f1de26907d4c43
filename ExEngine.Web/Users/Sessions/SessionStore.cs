using ExEngine.Core.Data;
using ExEngine.Core.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users.Sessions;

/// <summary>The rows of sessions. Whatever ends one tells every instance through the <see cref="ChangeFeed"/>. Thread-safe.</summary>
public sealed class SessionStore(
    IDbContextFactory<AppDb> databases,
    SequentialIds ids,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<UserOptions> options
)
{
    /// <summary>Live sessions of scripts that one user may have; beyond them those end that were seen least lately.</summary>
    public const int MaxTokens = 100;

    /// <summary>How long an ended one is kept, to be looked at by hand.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <param name="confirmedAt">UTC; when its owner proved to be there. Null for now: signing in is such a proof.</param>
    public async Task<UserSession> BeginAsync(
        Guid userId,
        SessionKind kind,
        string ip,
        string device,
        DateTime? confirmedAt,
        CancellationToken cancellationToken
    )
    {
        var now = Now;
        var session = new UserSession
        {
            Id = ids.Next(),
            UserId = userId,
            Kind = kind,
            Device = device,
            Ip = ip,
            CreatedAt = now,
            SeenAt = now,
            ConfirmedAt = confirmedAt ?? now,
        };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        await TidyAsync(db, userId, kind, cancellationToken);
        return session;
    }

    /// <returns>Those that are alive, newest first.</returns>
    public async Task<List<UserSession>> ListAsync(Guid userId, Guid? before, int take, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = Live(db, userId);
        return await (before is { } id ? rows.Where(s => s.Id.CompareTo(id) < 0) : rows)
            .OrderByDescending(s => s.Id)
            .Take(take)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
    }

    /// <returns>Null when it is over, or somebody else's.</returns>
    public async Task<UserSession?> FindAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Live(db, userId).AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
    }

    /// <returns>False when it is over already, or somebody else's.</returns>
    public async Task<bool> EndAsync(Guid userId, Guid id, CancellationToken cancellationToken) =>
        await EndAsync(userId, rows => rows.Where(s => s.Id == id), cancellationToken) > 0;

    /// <param name="keep">The one that goes on; null ends all.</param>
    public Task EndOthersAsync(Guid userId, Guid? keep, CancellationToken cancellationToken) =>
        EndAsync(userId, rows => rows.Where(s => s.Id != keep), cancellationToken);

    /// <summary>Notes that the owner of a session has just proved to be there.</summary>
    public async Task ConfirmAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        var now = Now;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await Live(db, userId).Where(s => s.Id == id).ExecuteUpdateAsync(u => u.SetProperty(s => s.ConfirmedAt, now), cancellationToken);
    }

    /// <summary>
    /// Exchanges the refresh token of one generation for that of the next. A token that was exchanged before is in two hands, and
    /// nobody knows which are the owner's: the whole session ends (RFC 9700, 4.14.2).
    /// </summary>
    /// <returns>The session in its next generation; null when there is nothing to go on with.</returns>
    public async Task<UserSession?> RotateAsync(Guid userId, Guid id, int generation, CancellationToken cancellationToken)
    {
        var now = Now;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rotated = await Live(db, userId)
            .Where(s => s.Id == id && s.Kind == SessionKind.Tokens && s.Generation == generation)
            .ExecuteUpdateAsync(
                u => u.SetProperty(s => s.Generation, s => s.Generation + 1).SetProperty(s => s.SeenAt, now),
                cancellationToken
            );
        if (rotated == 0)
        {
            await EndAsync(userId, id, cancellationToken);
            return null;
        }

        return await db.Sessions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
    }

    /// <summary>Whether one with these dates goes on.</summary>
    public bool IsLive(DateTime createdAt, DateTime seenAt, DateTime? endedAt) =>
        endedAt is null && createdAt > Now - Lifetime && seenAt > Now - Idle;

    /// <summary>UTC; when it ends at the latest.</summary>
    public DateTime ExpiresAt(UserSession session) => session.CreatedAt + Lifetime;

    private DateTime Now => time.GetUtcNow().UtcDateTime;
    private TimeSpan Lifetime => TimeSpan.FromDays(options.Value.SessionLifetimeDays);
    private TimeSpan Idle => TimeSpan.FromDays(options.Value.SessionIdleDays);

    private IQueryable<UserSession> Live(AppDb db, Guid userId)
    {
        var (born, seen) = (Now - Lifetime, Now - Idle);
        return db.Sessions.Where(s => s.UserId == userId && s.EndedAt == null && s.CreatedAt > born && s.SeenAt > seen);
    }

    private async Task<int> EndAsync(
        Guid userId,
        Func<IQueryable<UserSession>, IQueryable<UserSession>> which,
        CancellationToken cancellationToken
    )
    {
        var now = Now;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ended = await which(Live(db, userId)).ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, now), cancellationToken);
        if (ended > 0)
        {
            feed.Publish(new ChangeEvent(userId, ChangeKind.Session, Guid.Empty));
        }

        return ended;
    }

    private async Task TidyAsync(AppDb db, Guid userId, SessionKind kind, CancellationToken cancellationToken)
    {
        var (ended, born) = (Now - Kept, Now - Lifetime - Kept);
        await db.Sessions.Where(s => s.UserId == userId && (s.EndedAt < ended || s.CreatedAt < born)).ExecuteDeleteAsync(cancellationToken);
        if (kind != SessionKind.Tokens)
        {
            return;
        }

        var surplus = await Live(db, userId)
            .Where(s => s.Kind == SessionKind.Tokens)
            .OrderByDescending(s => s.SeenAt)
            .Skip(MaxTokens)
            .Select(s => s.Id)
            .ToListAsync(cancellationToken);
        if (surplus.Count > 0)
        {
            await EndAsync(userId, rows => rows.Where(s => surplus.Contains(s.Id)), cancellationToken);
        }
    }
}
