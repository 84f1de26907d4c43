using ExEngine.Core.Exchanges;

namespace ExEngine.Core.Reconciliation;

/// <summary>
/// Everything that an exchange lists of an account's orders in one symbol: what an order must be missing from to be absent.
/// </summary>
/// <param name="Orders">Those created since, open and closed, and those that trades since then belong to.</param>
/// <param name="IsComplete">Every list answered, and no trade belongs to an order that nobody knows.</param>
/// <param name="Since">UTC from which on it is complete.</param>
/// <param name="AskedAt">UTC instant before the first question.</param>
/// <param name="Fault">Why a list did not answer; null when all did, or when one of them does not exist there.</param>
public sealed record OrderHistory(
    IReadOnlyList<ExchangeOrder> Orders,
    bool IsComplete,
    DateTime Since,
    DateTime AskedAt,
    ExchangeFault? Fault
);
