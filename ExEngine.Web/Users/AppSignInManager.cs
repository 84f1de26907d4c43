using ExEngine.Core.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

/// <summary>
/// The one way in for pages and API. A refusal says the same and costs the same whether the user exists or not: one password
/// verification, and "locked" depends on what was tried with that name, not on a row. The one difference left is the write of the
/// failure count, under a hundredth of the hashing and at most <see cref="UserOptions.LockoutAfterFailures"/> times before the lock.
/// </summary>
public sealed class AppSignInManager(
    UserManager<AppUser> userManager,
    IHttpContextAccessor accessor,
    IUserClaimsPrincipalFactory<AppUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<AppUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<AppUser> confirmation,
    DecoyPassword decoy,
    SignInHistory history
) : SignInManager<AppUser>(userManager, accessor, claims, options, logger, schemes, confirmation)
{
    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        var user = await UserManager.FindByNameAsync(userName);
        if (user is null)
        {
            decoy.Verify(UserManager.PasswordHasher, password);
        }

        var result = user is null ? SignInResult.Failed : await PasswordSignInAsync(user, password, isPersistent, lockoutOnFailure);
        if (result.Succeeded || result.RequiresTwoFactor)
        {
            return result;
        }

        var locked = await history.NoteFailureAsync(userName, Context.RequestAborted);
        Logger.LogInformation("Sign-in refused for {Address}{Locked}", Context.Connection.RemoteIpAddress, locked ? ", name locked" : "");
        return locked ? SignInResult.LockedOut : SignInResult.Failed;
    }

    public override async Task<SignInResult> CheckPasswordSignInAsync(AppUser user, string password, bool lockoutOnFailure)
    {
        if (await UserManager.IsLockedOutAsync(user))
        {
            decoy.Verify(UserManager.PasswordHasher, password);
        }

        return await base.CheckPasswordSignInAsync(user, password, lockoutOnFailure);
    }

    /// <summary>
    /// A code opens once (RFC 6238, 5.2), even within its thirty seconds. It is six digits and nothing else: Identity reads
    /// numbers, to which a sign or a leading zero makes no difference.
    /// </summary>
    public override async Task<SignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient)
    {
        code = code.Trim();
        var user = await GetTwoFactorAuthenticationUserAsync();
        return
            user is null
            || code.Length != 6
            || !code.All(char.IsAsciiDigit)
            || await history.WasUsedAsync(user.Id, code, Context.RequestAborted)
            ? SignInResult.Failed
            : await base.TwoFactorAuthenticatorSignInAsync(code, isPersistent, rememberClient);
    }
}
