using ExEngine.Core.Data;
using ExEngine.Web.Users.Guessing;
using ExEngine.Web.Users.Sessions;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users.Proofs;

/// <summary>The password, a code or a passkey once more, from a session that is signed in already.</summary>
public sealed class OwnerProof(
    SignInManager<AppUser> signIns,
    UserManager<AppUser> users,
    AuthLimiter limiter,
    GuessWaits guesses,
    Confirmations confirmations,
    SecurityLog log
)
{
    public Task<ProofResult> ByPasswordAsync(HttpContext context, AppUser user, string? password) =>
        string.IsNullOrEmpty(password)
            ? Task.FromResult(new ProofResult("Enter your password."))
            : GuessAsync(context, user, "The password is wrong.", () => users.CheckPasswordAsync(user, password));

    /// <param name="code">What the authenticator app shows; blanks and dashes in it do not matter.</param>
    public Task<ProofResult> ByCodeAsync(HttpContext context, AppUser user, string? code) =>
        string.IsNullOrWhiteSpace(code) ? Task.FromResult(new ProofResult("Enter the six digits."))
        : !user.TwoFactorEnabled ? Task.FromResult(new ProofResult("No authenticator is set up: give the password or a passkey."))
        : GuessAsync(
            context,
            user,
            "The code is wrong, or was used already. Wait for the next one.",
            () => ((AppSignInManager)signIns).IsFreshCodeAsync(user, string.Concat(code.Where(c => c is not (' ' or '-'))))
        );

    /// <param name="credential">What the browser got from the authenticator for <c>/account/passkeys/request-options</c>.</param>
    public async Task<ProofResult> ByPasskeyAsync(HttpContext context, AppUser user, string? credential)
    {
        if (await limiter.RefuseAsync(context, "passkey", null) is { } wait)
        {
            return TooMany(wait);
        }

        var asserted = string.IsNullOrEmpty(credential) ? null : await signIns.PerformPasskeyAssertionAsync(credential);
        if (asserted is not { Succeeded: true } || asserted.User.Id != user.Id)
        {
            log.Note(context, "Proof refused");
            return new ProofResult("This is not a passkey of your account.");
        }

        await users.AddOrUpdatePasskeyAsync(user, asserted.Passkey);
        await confirmations.NoteAsync(context.User, context.RequestAborted);
        return ProofResult.Given;
    }

    private async Task<ProofResult> GuessAsync(HttpContext context, AppUser user, string wrong, Func<Task<bool>> check)
    {
        if (await limiter.RefuseAsync(context, "prove", user.Email) is { } many)
        {
            return TooMany(many);
        }

        // Under the session, so that a thief's guesses in one make no other wait.
        var guess = await guesses.BeginAsync(context, "proof", user.Email!, context.User.SessionIdOrNull()?.ToString("N") ?? "");
        if (guess.Wait is { } wait)
        {
            return new ProofResult($"Too many wrong attempts. Try again in {GuessWaits.Text(wait)}, or use a passkey.", wait);
        }

        if (!await check())
        {
            log.Note(context, "Proof refused");
            return new ProofResult(wrong);
        }

        await guess.RightAsync(context.RequestAborted);
        await confirmations.NoteAsync(context.User, context.RequestAborted);
        return ProofResult.Given;
    }

    private static ProofResult TooMany(TimeSpan wait) => new($"Too many attempts. Try again in {GuessWaits.Text(wait)}.", wait);
}

/// <param name="Refusal">Why not, in words; null when it is proven.</param>
/// <param name="Wait">How long until another attempt is looked at.</param>
public readonly record struct ProofResult(string? Refusal, TimeSpan? Wait = null)
{
    public static ProofResult Given { get; }
}
