namespace ExEngine.Core.Engine.Leases;

/// <summary>Another instance owns the account now; whatever this one was about to write is void.</summary>
public sealed class LeaseLostException(Guid accountId) : Exception($"Another instance took over account {accountId}.");
