namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>Prices in quote per base.</summary>
/// <param name="At">UTC instant at which this was so, by our clock when the exchange does not tell.</param>
public sealed record Ticker(string Symbol, decimal Last, decimal? Bid, decimal? Ask, DateTime At);
