using Microsoft.AspNetCore.Identity;

namespace ExEngine.Core.Data;

/// <summary>A person who signs in. Everything else in the database belongs to exactly one of them.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    /// <summary>UTC instant of registration.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>
    /// What passkeys know this user by: random, because devices show and keep it, and the id is nobody's business. Null until the first
    /// passkey is made; older passkeys carry the id.
    /// </summary>
    public string? PasskeyHandle { get; set; }

    /// <summary>Whether this user may invite, disable and help others. The first one to register is.</summary>
    public bool IsOperator { get; set; }

    /// <summary>
    /// UTC; since when an operator keeps this user out, by whatever way. What the user holds is looked after all the same. Null: not at
    /// all.
    /// </summary>
    public DateTime? DisabledAt { get; set; }
}
