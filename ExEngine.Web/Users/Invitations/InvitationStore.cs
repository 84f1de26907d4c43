using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users.Invitations;

/// <summary>The rows of invitations that can be used. Thread-safe.</summary>
public sealed class InvitationStore(
    IDbContextFactory<AppDb> databases,
    ILookupNormalizer normalizer,
    SequentialIds ids,
    IOptions<UserOptions> options,
    TimeProvider time
)
{
    /// <param name="by">Who makes it; null from a shell.</param>
    /// <param name="email">The only address that may use it; null for any.</param>
    /// <returns>The row, and the token, which nobody can read again.</returns>
    public async Task<(Invitation Invitation, string Token)> MakeAsync(Guid? by, string? email, CancellationToken cancellationToken)
    {
        var token = InvitationToken.New();
        var now = time.GetUtcNow().UtcDateTime;
        var invitation = new Invitation
        {
            Id = ids.Next(),
            UserId = by,
            TokenHash = InvitationToken.Hash(token)!,
            Email = email,
            NormalizedEmail = normalizer.NormalizeEmail(email),
            CreatedAt = now,
            ExpiresAt = now.AddDays(options.Value.InvitationDays),
        };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Invitations.Add(invitation);
        await db.SaveChangesAsync(cancellationToken);
        return (invitation, token);
    }

    /// <returns>Those that can be used, newest first.</returns>
    public async Task<List<Invitation>> ListAsync(Guid? before, int take, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.Invitations.Where(i => i.ExpiresAt > now);
        return await (before is { } id ? rows.Where(i => i.Id.CompareTo(id) < 0) : rows)
            .OrderByDescending(i => i.Id)
            .Take(take)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
    }

    /// <returns>False when it was used, withdrawn or never made.</returns>
    public async Task<bool> WithdrawAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Invitations.Where(i => i.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }
}
