using ExEngine.Core.Exchanges;

namespace ExEngine.Core.Reconciliation;

/// <summary>What asking for an order brought.</summary>
/// <param name="Found">Null when it was not found, or asking failed.</param>
/// <param name="IsComplete">
/// Not found by its client id, nor among open and recent orders, and no trade since then belongs to an order that nobody knows: all
/// of these answered.
/// </param>
/// <param name="AskedAt">UTC instant before the first question: what was true then is all that the answer says.</param>
/// <param name="Fault">Why asking failed; null when it did not.</param>
public sealed record OrderQueryResult(ExchangeOrder? Found, bool IsComplete, DateTime AskedAt, ExchangeFault? Fault);
