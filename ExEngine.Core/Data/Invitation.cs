namespace ExEngine.Core.Data;

/// <summary>
/// The right to register once. Whoever knows the token has it; only its hash is kept. An invitation that was used or withdrawn has no row
/// any more.
/// </summary>
public sealed class Invitation
{
    public Guid Id { get; set; }

    /// <summary>Who made it; null when it was made from a shell.</summary>
    public Guid? UserId { get; set; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>The only address that may register with it, as it was written; null for any.</summary>
    public string? Email { get; set; }

    /// <summary>The same, as addresses are compared.</summary>
    public string? NormalizedEmail { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; from then on it is worth nothing.</summary>
    public DateTime ExpiresAt { get; set; }
}
