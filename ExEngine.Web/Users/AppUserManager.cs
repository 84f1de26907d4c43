using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Text;
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
    SecurityStamps stamps,
    AppDb db,
    ChangeFeed feed
) : UserManager<AppUser>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    public override async Task<IdentityResult> CreateAsync(AppUser user)
    {
        user.Id = ids.Next();
        user.CreatedAt = time.GetUtcNow().UtcDateTime;
        try
        {
            return await base.CreateAsync(user);
        }
        catch (DbUpdateException) when (db.Users.AsNoTracking().Any(u => u.NormalizedUserName == user.NormalizedUserName))
        {
            return IdentityResult.Failed(EmailPolicy.Taken); // two requests for one address at the same moment
        }
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
        stamps.Forget(user.Id);
        feed.Publish(new ChangeEvent(user.Id, ChangeKind.Webhook, Guid.Empty));
        feed.Publish(new ChangeEvent(user.Id, ChangeKind.ExchangeAccount, Guid.Empty));
        return IdentityResult.Success;
    }

    public override Task<bool> IsLockedOutAsync(AppUser user) => Task.FromResult(user.LockoutEnabled && user.LockoutEnd > time.GetUtcNow());

    public override Task<IdentityResult> AccessFailedAsync(AppUser user)
    {
        user.AccessFailedCount++;
        if (user.AccessFailedCount >= Options.Lockout.MaxFailedAccessAttempts)
        {
            user.LockoutEnd = time.GetUtcNow() + Options.Lockout.DefaultLockoutTimeSpan;
            user.AccessFailedCount = 0;
        }

        return UpdateUserAsync(user);
    }

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

    protected override async Task<IdentityResult> UpdateUserAsync(AppUser user)
    {
        var result = await base.UpdateUserAsync(user);
        stamps.Forget(user.Id);
        return result;
    }
}
