using System.ComponentModel.DataAnnotations;
using ExEngine.Core.Data;
using ExEngine.Core.Text;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users;

/// <summary>
/// The e-mail address is the user's name: well formed, at most 254 characters, one account each. That an address is taken
/// cannot be hidden from someone who may register, because not every server can tell by e-mail instead; it is said only after
/// the password passed and its hash was made, in words that fit other reasons too, and trying is rate limited.
/// </summary>
public sealed class EmailPolicy : IUserValidator<AppUser>
{
    private const int MaxLength = 254;
    private static readonly EmailAddressAttribute Format = new();

    public async Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user)
    {
        if (user.Email is not { } email || !IsWellFormed(email))
        {
            return IdentityResult.Failed(Malformed);
        }

        var holder = await manager.FindByNameAsync(email);
        return holder is null || holder.Id == user.Id ? IdentityResult.Success : IdentityResult.Failed(Taken);
    }

    public static bool IsWellFormed(string email) =>
        email is { Length: > 0 and <= MaxLength } && Format.IsValid(email) && !email.Any(char.IsWhiteSpace) && StoredText.Fits(email);

    public static IdentityError Taken { get; } =
        new() { Code = "EmailRefused", Description = "This address cannot be registered. If it is yours, sign in." };

    private static IdentityError Malformed { get; } =
        new() { Code = "EmailMalformed", Description = "Enter an e-mail address such as name@example.com." };
}
