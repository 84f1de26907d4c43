using System.Security.Claims;
using ExEngine.Web.Users.Sessions;

namespace ExEngine.Web.Users.Proofs;

/// <summary>
/// Whoever holds a stolen session may not make access that outlives it: what gives lasting access, or takes it away, needs a proof of the
/// owner that is at most <see cref="Life"/> old. Signing in is one; so is the password, a passkey or a code, given to the same session.
/// </summary>
public sealed class Confirmations(SessionStore sessions, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <returns>UTC; when the session's owner proved to be there, if that counts still, else null.</returns>
    public async Task<DateTime?> FreshAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        user.UserIdOrNull() is { } userId
        && user.SessionIdOrNull() is { } id
        && await sessions.FindAsync(userId, id, cancellationToken) is { } session
        && session.ConfirmedAt > time.GetUtcNow().UtcDateTime - Life
            ? session.ConfirmedAt
            : null;

    public async Task<bool> IsFreshAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await FreshAsync(user, cancellationToken) is not null;

    public Task NoteAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        user.SessionIdOrNull() is { } id ? sessions.ConfirmAsync(user.UserId(), id, cancellationToken) : Task.CompletedTask;
}
