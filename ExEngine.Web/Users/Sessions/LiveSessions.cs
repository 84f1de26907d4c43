using System.Collections.Concurrent;
using System.Security.Claims;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users.Sessions;

/// <summary>
/// Whether a cookie or token still has the rights it was given: its session goes on, its user is not disabled, and the user's security
/// stamp is the one that it carries. One read per session in <see cref="UserOptions.RevalidateSeconds"/>, not per request; what ends one here is seen at once,
/// what ends one on another instance as soon as the change feed brings it, and after that time at the latest. Thread-safe.
/// </summary>
public sealed class LiveSessions : IDisposable
{
    /// <summary>Readings kept; a server that has more visitors at once reads some of them more often.</summary>
    private const int MaxReadings = 20_000;

    // Writing each visit down would cost a write per read.
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    private readonly IDbContextFactory<AppDb> _databases;
    private readonly SessionStore _sessions;
    private readonly ChangeFeed _feed;
    private readonly TimeProvider _time;
    private readonly TimeSpan _trusted;
    private readonly string _stampClaim;
    private readonly ConcurrentDictionary<Guid, Reading> _readings = new();
    private long _forgotten;

    public LiveSessions(
        IDbContextFactory<AppDb> databases,
        SessionStore sessions,
        ChangeFeed feed,
        TimeProvider time,
        IOptions<UserOptions> users,
        IOptions<IdentityOptions> identity
    )
    {
        (_databases, _sessions, _feed, _time) = (databases, sessions, feed, time);
        _trusted = TimeSpan.FromSeconds(users.Value.RevalidateSeconds);
        _stampClaim = identity.Value.ClaimsIdentity.SecurityStampClaimType;
        feed.Heard += Hear;
    }

    /// <param name="ip">Where it was seen, when a request brought it.</param>
    public async ValueTask<bool> IsCurrentAsync(ClaimsPrincipal principal, string? ip, CancellationToken cancellationToken) =>
        principal.UserIdOrNull() is { } userId
        && principal.SessionIdOrNull() is { } id
        && principal.FindFirstValue(_stampClaim) is { } stamp
        && await ReadAsync(userId, id, ip, cancellationToken) is { } reading
        && reading.UserId == userId
        && reading.Stamp == stamp
        && !reading.IsDisabled
        && _sessions.IsLive(reading.CreatedAt, reading.SeenAt, reading.EndedAt);

    /// <summary>Something of this user changed that decides about sessions.</summary>
    public void Forget(Guid userId)
    {
        Interlocked.Increment(ref _forgotten);
        foreach (var (id, reading) in _readings)
        {
            if (reading.UserId == userId)
            {
                _readings.TryRemove(id, out _);
            }
        }
    }

    public void Dispose() => _feed.Heard -= Hear;

    private void Hear(ChangeEvent e)
    {
        if (e.Kind == ChangeKind.Session)
        {
            Forget(e.UserId);
        }
    }

    private async ValueTask<Reading?> ReadAsync(Guid userId, Guid id, string? ip, CancellationToken cancellationToken)
    {
        var now = _time.GetTimestamp();
        if (_readings.TryGetValue(id, out var held) && _time.GetElapsedTime(held.At, now) < _trusted)
        {
            return held;
        }

        var forgotten = Interlocked.Read(ref _forgotten);
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var reading = await db
            .Sessions.Where(s => s.Id == id && s.UserId == userId)
            .Join(
                db.Users,
                s => s.UserId,
                u => u.Id,
                (s, u) => new Reading(s.UserId, u.SecurityStamp, u.DisabledAt != null, s.CreatedAt, s.SeenAt, s.EndedAt, s.Ip, now)
            )
            .FirstOrDefaultAsync(cancellationToken);
        if (reading is null)
        {
            return null;
        }

        reading = await NoteVisitAsync(db, id, reading, ip, cancellationToken);
        if (_readings.Count >= MaxReadings)
        {
            _readings.Clear();
        }

        // What was read before somebody's session ended may not be remembered after it.
        if (forgotten == Interlocked.Read(ref _forgotten))
        {
            _readings[id] = reading;
        }

        return reading;
    }

    private async Task<Reading> NoteVisitAsync(AppDb db, Guid id, Reading reading, string? ip, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var moved = ip is not null && ip != reading.Ip;
        if (!_sessions.IsLive(reading.CreatedAt, reading.SeenAt, reading.EndedAt) || (now - reading.SeenAt < SeenStep && !moved))
        {
            return reading;
        }

        var place = ip ?? reading.Ip;
        await db
            .Sessions.Where(s => s.Id == id)
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.SeenAt, now).SetProperty(s => s.Ip, place), cancellationToken);
        return reading with { SeenAt = now, Ip = place };
    }

    private sealed record Reading(
        Guid UserId,
        string? Stamp,
        bool IsDisabled,
        DateTime CreatedAt,
        DateTime SeenAt,
        DateTime? EndedAt,
        string Ip,
        long At
    );
}
