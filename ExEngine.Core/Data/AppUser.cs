using Microsoft.AspNetCore.Identity;

namespace ExEngine.Core.Data;

/// <summary>A person who signs in. Everything else in the database belongs to exactly one of them.</summary>
public sealed class AppUser : IdentityUser<Guid>
{
    /// <summary>UTC instant of registration.</summary>
    public DateTime CreatedAt { get; set; }
}
