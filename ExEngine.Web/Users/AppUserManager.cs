using System.Security.Cryptography;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Text;
using ExEngine.Web.Users.Invitations;
using ExEngine.Web.Users.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

/// <summary>Identity's manager with our ids, our clock, and revocation that is felt at once in this process.</summary>
public sealed class AppUserManager(
    IUserStore<AppUser> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<AppUser> hasher,
    IEnumerable<IUserValidator<AppUser>> userValidators,
    IEnumerable<IPasswordValidator<AppUser>> passwordValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<AppUser>> logger,
    TimeProvider time,
    SequentialIds ids,
    LiveSessions live,
    SessionStore sessions,
    RegistrationGate gate,
    AppDb db,
    ChangeFeed feed
) : UserManager<AppUser>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    // No id begins with it.
    private const char HandleMark = 'p';

    /// <summary>The token of the invitation that <see cref="CreateAsync(AppUser)"/> uses up; null for none.</summary>
    public string? Invitation { get; set; }

    /// <summary>Stores a new user, if <see cref="RegistrationGate"/> admits one; both or neither.</summary>
    public override async Task<IdentityResult> CreateAsync(AppUser user)
    {
        user.Id = ids.Next();
        user.CreatedAt = time.GetUtcNow().UtcDateTime;
        await using var turn = await UserRows.TakeTurnAsync(db, CancellationToken);
        if (await gate.AdmitAsync(db, user, Invitation, CancellationToken) is { } refusal)
        {
            return refusal.Result;
        }

        var result = await base.CreateAsync(user);
        if (result.Succeeded)
        {
            await turn.CommitAsync(CancellationToken);
        }

        return result;
    }

    /// <summary>A name that no database could hold is nobody's.</summary>
    public override async Task<AppUser?> FindByNameAsync(string userName) =>
        StoredText.Fits(userName) ? await base.FindByNameAsync(userName) : null;

    public override async Task<AppUser?> FindByEmailAsync(string email) =>
        StoredText.Fits(email) ? await base.FindByEmailAsync(email) : null;

    /// <summary>Deletes the user and everything that is theirs.</summary>
    public override async Task<IdentityResult> DeleteAsync(AppUser user)
    {
        await UserRows.DeleteAsync(db, user.Id, CancellationToken);
        feed.Publish(new ChangeEvent(user.Id, ChangeKind.Session, Guid.Empty));
        feed.Publish(new ChangeEvent(user.Id, ChangeKind.Webhook, Guid.Empty));
        feed.Publish(new ChangeEvent(user.Id, ChangeKind.ExchangeAccount, Guid.Empty));
        return IdentityResult.Success;
    }

    /// <summary>Nobody's account is locked: whoever knows its name could lock its owner out. See <c>GuessWaits</c>.</summary>
    public override bool SupportsUserLockout => false;

    /// <summary>Identity counts wrong codes whether it locks or not.</summary>
    public override Task<IdentityResult> AccessFailedAsync(AppUser user) => Task.FromResult(IdentityResult.Success);

    /// <param name="userId">The id, or what a passkey says instead of it.</param>
    public override async Task<AppUser?> FindByIdAsync(string userId) =>
        userId.StartsWith(HandleMark) ? await db.Users.FirstOrDefaultAsync(u => u.PasskeyHandle == userId, CancellationToken)
        : Guid.TryParse(userId, out _) ? await base.FindByIdAsync(userId)
        : null;

    /// <summary>What passkeys of this user carry as its name.</summary>
    public async Task<string> PasskeyHandleAsync(AppUser user)
    {
        if (user.PasskeyHandle is null)
        {
            user.PasskeyHandle = HandleMark + RandomNumberGenerator.GetHexString(40, lowercase: true);
            await UpdateUserAsync(user);
        }

        return user.PasskeyHandle;
    }

    /// <summary>Whether this is one of the user's recovery codes. It is not used up.</summary>
    public async Task<bool> HasRecoveryCodeAsync(AppUser user, string code) =>
        (await GetAuthenticationTokenAsync(user, "[AspNetUserStore]", "RecoveryCodes"))?.Split(';').Contains(code) == true;

    /// <summary>
    /// A hash of an older kind is renewed while the password is at hand. The password stays what it is, so unlike Identity's own this
    /// ends no session.
    /// </summary>
    protected override async Task<PasswordVerificationResult> VerifyPasswordAsync(
        IUserPasswordStore<AppUser> store,
        AppUser user,
        string password
    )
    {
        var result = await base.VerifyPasswordAsync(store, user, password);
        if (result != PasswordVerificationResult.SuccessRehashNeeded)
        {
            return result;
        }

        await store.SetPasswordHashAsync(user, PasswordHasher.HashPassword(user, password), CancellationToken);
        await UpdateUserAsync(user);
        return PasswordVerificationResult.Success;
    }

    /// <summary>
    /// Preparing an authenticator changes nothing about who may come in, so unlike Identity's own this ends no session until
    /// the authenticator is in use.
    /// </summary>
    public override async Task<IdentityResult> ResetAuthenticatorKeyAsync(AppUser user)
    {
        if (user.TwoFactorEnabled)
        {
            return await base.ResetAuthenticatorKeyAsync(user);
        }

        await ((IUserAuthenticatorKeyStore<AppUser>)Store).SetAuthenticatorKeyAsync(user, GenerateNewAuthenticatorKey(), CancellationToken);
        return await UpdateUserAsync(user);
    }

    /// <summary>A new security stamp ends every session.</summary>
    protected override async Task<IdentityResult> UpdateUserAsync(AppUser user)
    {
        var stamp = db.Entry(user) is { State: not EntityState.Detached } entry ? entry.Property(u => u.SecurityStamp) : null;
        var stamped = stamp is not null && stamp.OriginalValue != stamp.CurrentValue;
        var result = await base.UpdateUserAsync(user);
        live.Forget(user.Id);
        if (stamped && result.Succeeded)
        {
            await sessions.EndOthersAsync(user.Id, null, CancellationToken.None);
        }

        return result;
    }
}
