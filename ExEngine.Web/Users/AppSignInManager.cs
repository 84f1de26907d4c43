using System.Globalization;
using System.Security.Claims;
using ExEngine.Core.Data;
using ExEngine.Web.Users.Guessing;
using ExEngine.Web.Users.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

/// <summary>
/// The one way in for pages and API; each way in begins a session. A refusal says the same and costs the same whether the user exists
/// or not: one password verification, or none for who has to wait, which depends on what was tried with a name and not on a row.
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
    SignInHistory history,
    GuessWaits guesses,
    KnownDevices devices,
    SessionStore sessions,
    SecurityLog log
) : SignInManager<AppUser>(userManager, accessor, claims, options, logger, schemes, confirmation)
{
    private DateTime? _confirmedAt;

    /// <summary>How long who was refused as locked out has to wait.</summary>
    public TimeSpan? Wait { get; private set; }

    /// <summary>A recovery code that comes with the password: nobody guesses one, so who has it waits for nobody's guesses.</summary>
    public string? RecoveryCode { get; set; }

    // An answer that comes after its question ran out, or to none, is a wrong one.
    public override async Task<PasskeyAssertionResult<AppUser>> PerformPasskeyAssertionAsync(string credentialJson)
    {
        try
        {
            return await base.PerformPasskeyAssertionAsync(credentialJson);
        }
        catch (InvalidOperationException e)
        {
            return PasskeyAssertionResult.Fail<AppUser>(new PasskeyException("There is no question that this answers.", e));
        }
    }

    public override async Task<PasskeyAttestationResult> PerformPasskeyAttestationAsync(string credentialJson)
    {
        try
        {
            return await base.PerformPasskeyAttestationAsync(credentialJson);
        }
        catch (InvalidOperationException e)
        {
            return PasskeyAttestationResult.Fail(new PasskeyException("There is no question that this answers.", e));
        }
    }

    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        var user = await UserManager.FindByNameAsync(userName);

        // Who has a recovery code is counted apart from who has none, and guesses no faster.
        var what = user is not null && await HasRecoveryCodeAsync(user) ? "recovery" : "password";
        var guess = await guesses.BeginAsync(Context, what, userName, SignInHistory.Digest(userName));
        if (guess.Wait is { } wait)
        {
            return MustWait(wait);
        }

        if (user is null)
        {
            decoy.Verify(UserManager.PasswordHasher, password);
        }

        var result = user is null ? SignInResult.Failed : await PasswordSignInAsync(user, password, isPersistent, lockoutOnFailure);
        if (result.Succeeded || result.RequiresTwoFactor)
        {
            await guess.RightAsync(Context.RequestAborted);
            return result;
        }

        if (result.IsNotAllowed)
        {
            // Told only to who knows the password, and noted where it was found out.
            await guess.RightAsync(Context.RequestAborted);
            return result;
        }

        log.Note(Context, "Sign-in refused");
        return SignInResult.Failed;
    }

    /// <summary>
    /// A code opens once (RFC 6238, 5.2), even within its thirty seconds. It is six digits and nothing else: Identity reads
    /// numbers, to which a sign or a leading zero makes no difference.
    /// </summary>
    public override async Task<SignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient)
    {
        code = code.Trim();
        if (await GetTwoFactorAuthenticationUserAsync() is not { } user || !IsCode(code))
        {
            return SignInResult.Failed;
        }

        if (user.DisabledAt is not null)
        {
            return Disabled(user);
        }

        var guess = await guesses.BeginAsync(Context, "code", user.Email!, SignInHistory.Digest(user.Email!));
        if (guess.Wait is { } wait)
        {
            return MustWait(wait);
        }

        var result = await history.WasUsedAsync(user.Id, code, Context.RequestAborted)
            ? SignInResult.Failed
            : await base.TwoFactorAuthenticatorSignInAsync(code, isPersistent, rememberClient);
        if (result.Succeeded)
        {
            await guess.RightAsync(Context.RequestAborted);
        }
        else
        {
            log.Note(Context, "Code refused");
        }

        return result;
    }

    public override async Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode) =>
        await GetTwoFactorAuthenticationUserAsync() is { DisabledAt: not null } user
            ? Disabled(user)
            : await base.TwoFactorRecoveryCodeSignInAsync(recoveryCode);

    /// <summary>Whether it is a code of this user's authenticator that was not used before.</summary>
    public async Task<bool> IsFreshCodeAsync(AppUser user, string code) =>
        IsCode(code)
        && !await history.WasUsedAsync(user.Id, code, Context.RequestAborted)
        && await UserManager.VerifyTwoFactorTokenAsync(user, Options.Tokens.AuthenticatorTokenProvider, code);

    /// <summary>
    /// Password or passkey were right. Here and not before, so that a disabled user costs the same work and strangers are told nothing.
    /// </summary>
    protected override async Task<SignInResult> SignInOrTwoFactorAsync(
        AppUser user,
        bool isPersistent,
        string? loginProvider = null,
        bool bypassTwoFactor = false
    ) => user.DisabledAt is null ? await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor) : Disabled(user);

    /// <summary>Begins a session; the one that the browser had until now ends, and with it every copy of its cookie.</summary>
    public override async Task SignInWithClaimsAsync(
        AppUser user,
        AuthenticationProperties? authenticationProperties,
        IEnumerable<Claim> additionalClaims
    )
    {
        var ended = Context.RequestAborted;
        var kind = AuthenticationScheme == IdentityConstants.BearerScheme ? SessionKind.Tokens : SessionKind.Cookie;
        if (kind == SessionKind.Cookie)
        {
            await EndCurrentAsync();
            devices.Remember(Context, user.Email!);
        }

        var device = DeviceName.Of(Context.Request.Headers.UserAgent);
        var session = await sessions.BeginAsync(user.Id, kind, Context.Place(), device, _confirmedAt, ended);
        log.Note(Context, kind == SessionKind.Tokens ? "Signed in for tokens" : "Signed in", user.Id);
        var properties = new AuthenticationProperties { IsPersistent = authenticationProperties?.IsPersistent ?? false };
        await base.SignInWithClaimsAsync(user, properties, [.. additionalClaims, .. SessionClaims.Of(session)]);
    }

    /// <summary>Goes on in a new session after a change that ended the others, this one's copies included.</summary>
    public override async Task RefreshSignInAsync(AppUser user)
    {
        // That something changed proves nothing about who is there.
        _confirmedAt = ConfirmedAt;
        await base.RefreshSignInAsync(user);
        _confirmedAt = null;
    }

    /// <summary>UTC; the proof that a change was made upon, for <see cref="RefreshSignInAsync"/> to carry on. Null: it is given now.</summary>
    public DateTime? ConfirmedAt { get; set; }

    public override async Task SignOutAsync()
    {
        await EndCurrentAsync();
        await base.SignOutAsync();
    }

    private async Task EndCurrentAsync()
    {
        if (Context.User.UserIdOrNull() is { } userId && Context.User.SessionIdOrNull() is { } id)
        {
            await sessions.EndAsync(userId, id, CancellationToken.None);
        }
    }

    private async Task<bool> HasRecoveryCodeAsync(AppUser user) =>
        RecoveryCode is { Length: > 0 } code && await ((AppUserManager)UserManager).HasRecoveryCodeAsync(user, code);

    private SignInResult MustWait(TimeSpan wait)
    {
        Wait = wait;
        Context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        log.Note(Context, "Sign-in has to wait");
        return SignInResult.LockedOut;
    }

    private SignInResult Disabled(AppUser user)
    {
        log.Note(Context, "Sign-in of a disabled user refused", user.Id);
        return SignInResult.NotAllowed;
    }

    private static bool IsCode(string code) => code.Length == 6 && code.All(char.IsAsciiDigit);
}
