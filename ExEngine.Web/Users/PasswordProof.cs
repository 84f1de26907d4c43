using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users;

/// <summary>The password once more, from somebody who is signed in already; wrong ones count towards the lockout.</summary>
public static class PasswordProof
{
    /// <returns>Why not, in words; null when it is proven.</returns>
    public static async Task<string?> RefuseAsync(SignInManager<AppUser> signIns, AppUser user, string? password)
    {
        if (string.IsNullOrEmpty(password))
        {
            return "Enter your password.";
        }

        var result = await signIns.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        return result.Succeeded ? null
            : result.IsLockedOut ? "Too many wrong passwords. Wait a few minutes."
            : "The password is wrong.";
    }

    /// <summary>The same with the limit on attempts, where nobody else has asked it.</summary>
    public static async Task<string?> RefuseAsync(
        HttpContext context,
        SignInManager<AppUser> signIns,
        AuthLimiter limiter,
        AppUser user,
        string? password
    ) =>
        await limiter.RefuseAsync(context, "prove", user.Id.ToString()) is { } wait
            ? $"Too many attempts. Try again in {wait.TotalSeconds:0} seconds."
            : await RefuseAsync(signIns, user, password);
}
