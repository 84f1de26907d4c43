namespace ExEngine.Core.Exchanges;

/// <summary>What names an order at an exchange.</summary>
/// <param name="ClientId">Ours; always known.</param>
/// <param name="ExchangeOrderId">The exchange's; null until it answered.</param>
public sealed record OrderName(string Symbol, string ClientId, string? ExchangeOrderId);
