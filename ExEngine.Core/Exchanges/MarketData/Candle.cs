namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>Prices of one interval, in quote per base.</summary>
/// <param name="At">UTC instant at which it begins.</param>
/// <param name="Volume">In base.</param>
public sealed record Candle(DateTime At, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);
