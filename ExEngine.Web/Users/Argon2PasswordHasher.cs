using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Users;

/// <summary>
/// Passwords as Argon2id hashes. Those of ASP.NET Identity's own hasher (PBKDF2), and Argon2id hashes that were made with less
/// than is asked for today, still open and are said to need renewal. Until a user has signed in once, a wrong password of theirs
/// costs what PBKDF2 costs and not what <see cref="DecoyPassword"/> does. The work is done by <see cref="HashingThreads"/>.
/// </summary>
public sealed class Argon2PasswordHasher(IOptions<UserOptions> options, HashingThreads threads) : IPasswordHasher<AppUser>
{
    private readonly PasswordHasher<AppUser> _former = new();

    public string HashPassword(AppUser user, string password) =>
        threads.Run(() => Argon2Hash.Make(password, options.Value.HashMemoryKib, options.Value.HashPasses).ToString());

    public PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword) =>
        threads.Run(() => Verify(user, hashedPassword, providedPassword));

    private PasswordVerificationResult Verify(AppUser user, string hashedPassword, string providedPassword)
    {
        if (!hashedPassword.StartsWith(Argon2Hash.Prefix, StringComparison.Ordinal))
        {
            return OpensFormer(user, hashedPassword, providedPassword)
                ? PasswordVerificationResult.SuccessRehashNeeded
                : PasswordVerificationResult.Failed;
        }

        return !Argon2Hash.TryParse(hashedPassword, out var hash) || !hash.IsOf(providedPassword) ? PasswordVerificationResult.Failed
            : IsWeaker(hash) ? PasswordVerificationResult.SuccessRehashNeeded
            : PasswordVerificationResult.Success;
    }

    private bool OpensFormer(AppUser user, string hashedPassword, string providedPassword)
    {
        try
        {
            return _former.VerifyHashedPassword(user, hashedPassword, providedPassword) != PasswordVerificationResult.Failed;
        }
        catch (FormatException)
        {
            return false; // a hash of no kind that is known here
        }
    }

    private bool IsWeaker(Argon2Hash hash) => hash.MemoryKib < options.Value.HashMemoryKib || hash.Passes < options.Value.HashPasses;
}
