namespace ExEngine.Core.Engine.Leases;

/// <summary>
/// Which instance owns an exchange account now. Every write of its holder is made under the claim: in the same transaction
/// the row is locked and <see cref="ClaimId"/> compared, so that an holder that was frozen past its lease changes nothing.
/// </summary>
public sealed class AccountLease
{
    public Guid AccountId { get; set; }

    /// <summary>Name of the instance, for people.</summary>
    public required string Holder { get; set; }

    /// <summary>New with each take-over: the fencing token.</summary>
    public Guid ClaimId { get; set; }

    /// <summary>By the database's clock, UTC.</summary>
    public DateTime ExpiresAt { get; set; }
}
