namespace ExEngine.Core.Risk;

/// <summary>What an order may still buy, or has bought without its fills being counted in a position yet.</summary>
/// <param name="Quantity">In base.</param>
/// <param name="Price">Quote per base, the order's own; null when it has none.</param>
public sealed record OpenBuy(string Exchange, string Symbol, string Quote, decimal Quantity, decimal? Price);
