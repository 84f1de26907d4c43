using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users;

/// <summary>
/// What a password must be: 12 to 128 characters, not common, not the e-mail address. Nothing about its composition
/// (NIST SP 800-63B, 5.1.1.2): such rules make passwords no harder to guess, only harder to keep.
/// </summary>
public sealed class PasswordPolicy : IPasswordValidator<AppUser>
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password) =>
        Task.FromResult(Refusal(password ?? "", user.Email ?? "") is { } refusal ? IdentityResult.Failed(refusal) : IdentityResult.Success);

    private static IdentityError? Refusal(string password, string email) =>
        password.Length switch
        {
            < MinLength => Error("PasswordTooShort", $"At least {MinLength} characters. A few unrelated words make a good one."),
            > MaxLength => Error("PasswordTooLong", $"At most {MaxLength} characters."),
            _ when IsAddress(password, email) => Error("PasswordIsEmail", "The password may not be the e-mail address."),
            _ when CommonPasswords.Contains(password) => Error(
                "PasswordCommon",
                "This password is among the first that are guessed. A few unrelated words make a good one."
            ),
            _ => null,
        };

    private static bool IsAddress(string password, string email) =>
        password.Trim().Equals(email, StringComparison.OrdinalIgnoreCase)
        || password.Trim().Equals(email.Split('@')[0], StringComparison.OrdinalIgnoreCase);

    private static IdentityError Error(string code, string description) => new() { Code = code, Description = description };
}
