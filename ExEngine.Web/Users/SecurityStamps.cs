using System.Collections.Concurrent;
using System.Security.Claims;
using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

/// <summary>
/// Each user's security stamp, which changes with the password, the second factor and "sign out everywhere". A stamp is read at most
/// once in <see cref="UserOptions.RevalidateSeconds"/>; a change in this process is seen at once. One small entry per user who
/// has come by since the start. Thread-safe.
/// </summary>
public sealed class SecurityStamps(
    IDbContextFactory<AppDb> databases,
    TimeProvider time,
    IOptions<UserOptions> users,
    IOptions<IdentityOptions> identity
)
{
    private readonly ConcurrentDictionary<Guid, Reading> _readings = new();

    /// <summary>Whether a principal, by whatever token it came, still has the rights it was given.</summary>
    public async ValueTask<bool> IsCurrentAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) =>
        principal.UserIdOrNull() is { } id
        && principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType) is { } held
        && held == await StampAsync(id, cancellationToken);

    public void Forget(Guid userId) => _readings.TryRemove(userId, out _);

    private async ValueTask<string?> StampAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (
            _readings.TryGetValue(userId, out var reading)
            && time.GetElapsedTime(reading.At, now) < TimeSpan.FromSeconds(users.Value.RevalidateSeconds)
        )
        {
            return reading.Stamp;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var stamp = await db.Users.Where(u => u.Id == userId).Select(u => u.SecurityStamp).FirstOrDefaultAsync(cancellationToken);
        _readings[userId] = new Reading(stamp, now);
        return stamp;
    }

    private sealed record Reading(string? Stamp, long At);
}
