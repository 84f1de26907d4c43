namespace ExEngine.Core.Engine.Leases;

/// <summary>An instance's right to an account, as long as the lease row carries the same claim.</summary>
public sealed record AccountClaim(Guid AccountId, Guid ClaimId);
