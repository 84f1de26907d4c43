using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users.Invitations;

/// <summary>
/// Who may register: the first user, who is then the operator, and whoever <c>Users:Registration</c> lets in. Thread-safe.
/// </summary>
public sealed class RegistrationGate(
    IDbContextFactory<AppDb> databases,
    ILookupNormalizer normalizer,
    IOptions<UserOptions> options,
    TimeProvider time
)
{
    public RegistrationMode Mode => options.Value.Registration;

    /// <summary>Whether there is no user yet.</summary>
    public async Task<bool> IsFirstAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return !await db.Users.AnyAsync(cancellationToken);
    }

    /// <summary>
    /// Whether registering is worth a try. Costs little and uses nothing up: it is asked before a password is hashed.
    /// </summary>
    /// <param name="email">Null when it is not known yet.</param>
    public async Task<RegistrationRefusal?> RefuseAsync(string? email, string? token, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await DecideAsync(db, email, token, use: false, cancellationToken);
    }

    /// <summary>The invitation of a link, while it can be used.</summary>
    public async Task<Invitation?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Matching(db, null, token).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Decides for good, in the turn of <see cref="UserRows.TakeTurnAsync"/> that then stores the user: the first one is made operator, the invitation is used.
    /// </summary>
    public async Task<RegistrationRefusal?> AdmitAsync(AppDb db, AppUser user, string? token, CancellationToken cancellationToken)
    {
        user.IsOperator = !await db.Users.AnyAsync(cancellationToken);
        return await DecideAsync(db, user.Email ?? "", token, use: true, cancellationToken);
    }

    private async Task<RegistrationRefusal?> DecideAsync(
        AppDb db,
        string? email,
        string? token,
        bool use,
        CancellationToken cancellationToken
    )
    {
        if (!await db.Users.AnyAsync(cancellationToken))
        {
            return null;
        }

        if (Mode == RegistrationMode.Closed)
        {
            return RegistrationRefusal.Closed;
        }

        var invitations = Matching(db, email, token);
        var isInvited = use
            ? await invitations.ExecuteDeleteAsync(cancellationToken) > 0
            : Mode == RegistrationMode.Invite && await invitations.AnyAsync(cancellationToken);
        return isInvited || Mode == RegistrationMode.Open ? null
            : string.IsNullOrEmpty(token) ? RegistrationRefusal.Required
            : RegistrationRefusal.Invalid;
    }

    private IQueryable<Invitation> Matching(AppDb db, string? email, string? token)
    {
        var hash = InvitationToken.Hash(token) ?? [];
        var now = time.GetUtcNow().UtcDateTime;
        var rows = db.Invitations.Where(i => i.TokenHash == hash && i.ExpiresAt > now);
        if (email is null)
        {
            return rows;
        }

        var normalized = normalizer.NormalizeEmail(email);
        return rows.Where(i => i.NormalizedEmail == null || i.NormalizedEmail == normalized);
    }
}
