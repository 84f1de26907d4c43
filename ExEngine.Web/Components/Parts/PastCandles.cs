using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Web.Components.Parts;

/// <summary>Prices that a chart is given, instead of those up to now that it asks for.</summary>
/// <param name="Candles">Oldest first.</param>
public sealed record PastCandles(TimeSpan Interval, IReadOnlyList<Candle> Candles);
