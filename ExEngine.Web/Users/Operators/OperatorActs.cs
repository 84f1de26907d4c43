using ExEngine.Core.Data;
using ExEngine.Web.Mail;
using ExEngine.Web.Users.Invitations;
using ExEngine.Web.Users.Links;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users.Operators;

/// <summary>What an operator does, from a page, over REST or from a shell: each act is in the security log. Thread-safe.</summary>
public sealed class OperatorActs(
    InvitationStore invitations,
    RegistrationGate gate,
    UserSwitch users,
    UserLinks links,
    Outbox mail,
    SecurityLog log,
    IServiceScopeFactory scopes,
    TimeProvider time
)
{
    // As long as Identity's links last.
    private static readonly TimeSpan ResetLife = TimeSpan.FromDays(1);

    /// <summary>Makes an invitation, and mails it when there is an address and a mail server.</summary>
    /// <param name="email">The only address that may use it; null or empty for any.</param>
    public async Task<InviteResult> InviteAsync(Actor actor, string? email, CancellationToken cancellationToken)
    {
        email = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
        if (gate.Mode == RegistrationMode.Closed)
        {
            return new InviteResult(InviteRefusal.Closed);
        }

        if (email is not null && !EmailPolicy.IsWellFormed(email))
        {
            return new InviteResult(InviteRefusal.Malformed);
        }

        await using var scope = scopes.CreateAsyncScope();
        if (email is not null && await Users(scope).FindByEmailAsync(email) is not null)
        {
            return new InviteResult(InviteRefusal.Registered);
        }

        var (invitation, token) = await invitations.MakeAsync(actor.UserId, email, cancellationToken);
        var link = links.Invitation(token, actor.SeenAs);
        log.Act("Invitation made", actor.UserId, invitation.Id, actor.Place);
        var letter = email is not null && mail.IsOn ? UserLetters.Invited(invitation, link) : null;
        return new InviteResult(null, invitation, link, letter);
    }

    /// <returns>False when it was used or withdrawn before.</returns>
    public async Task<bool> WithdrawAsync(Actor actor, Guid invitationId, CancellationToken cancellationToken)
    {
        var done = await invitations.WithdrawAsync(invitationId, cancellationToken);
        if (done)
        {
            log.Act("Invitation withdrawn", actor.UserId, invitationId, actor.Place);
        }

        return done;
    }

    public Task<UserChange> DisableAsync(Actor actor, Guid userId, CancellationToken cancellationToken) =>
        NotedAsync("User disabled", actor, userId, users.DisableAsync(userId, cancellationToken));

    public Task<UserChange> EnableAsync(Actor actor, Guid userId, CancellationToken cancellationToken) =>
        NotedAsync("User enabled", actor, userId, users.EnableAsync(userId, cancellationToken));

    public Task<UserChange> MakeOperatorAsync(Actor actor, Guid userId, CancellationToken cancellationToken) =>
        NotedAsync("User made operator", actor, userId, users.MakeOperatorAsync(userId, cancellationToken));

    public Task<UserChange> EndSessionsAsync(Actor actor, Guid userId, CancellationToken cancellationToken) =>
        NotedAsync("Sessions of a user ended", actor, userId, users.EndSessionsAsync(userId, cancellationToken));

    /// <returns>A link that sets a new password once; null when there is no such user.</returns>
    public async Task<ResetLink?> ResetLinkAsync(Actor actor, Guid userId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await Users(scope).FindByIdAsync(userId.ToString()) is not { Email: { } email } user)
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var code = await Users(scope).GeneratePasswordResetTokenAsync(user);
        log.Act("Reset link made", actor.UserId, userId, actor.Place);
        return new ResetLink(email, links.Reset(email, code, actor.SeenAs), time.GetUtcNow().UtcDateTime + ResetLife);
    }

    private async Task<UserChange> NotedAsync(string what, Actor actor, Guid userId, Task<UserChange> act)
    {
        var change = await act;
        if (change == UserChange.Done)
        {
            log.Act(what, actor.UserId, userId, actor.Place);
        }

        return change;
    }

    private static UserManager<AppUser> Users(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
}

/// <summary>Who acts.</summary>
/// <param name="UserId">Null for who runs the program.</param>
/// <param name="Place">From where: an address, or a word.</param>
/// <param name="SeenAs">What the server is called in the operator's browser; null from a shell.</param>
public sealed record Actor(Guid? UserId, string Place, string? SeenAs)
{
    public static Actor Shell { get; } = new(null, "a shell", null);
}

/// <param name="ExpiresAt">UTC.</param>
public sealed record ResetLink(string Email, string Url, DateTime ExpiresAt)
{
    public override string ToString() => nameof(ResetLink);
}

/// <param name="Link">Shown once: nobody can read it again.</param>
/// <param name="Letter">To be mailed by who asked; null when nothing is.</param>
public sealed record InviteResult(InviteRefusal? Refusal, Invitation? Invitation = null, string Link = "", Letter? Letter = null)
{
    public override string ToString() => nameof(InviteResult);
}

public enum InviteRefusal
{
    /// <summary>Nobody could use it: <c>Users:Registration</c> is <c>Closed</c>.</summary>
    Closed,

    /// <summary>The address is none.</summary>
    Malformed,

    /// <summary>The address has an account.</summary>
    Registered,
}
