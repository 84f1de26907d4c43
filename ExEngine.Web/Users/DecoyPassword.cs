using ExEngine.Core.Data;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Users;

/// <summary>A hash that nobody's password has, made at the same cost: what is verified when there is nothing to verify.</summary>
public sealed class DecoyPassword
{
    private string? _hash;

    /// <summary>Does the work of checking a password.</summary>
    public void Verify(IPasswordHasher<AppUser> hasher, string password)
    {
        var nobody = new AppUser();
        _ = hasher.VerifyHashedPassword(nobody, _hash ??= hasher.HashPassword(nobody, Guid.NewGuid().ToString()), password);
    }
}
