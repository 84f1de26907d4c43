namespace ExEngine.Core.Bots.Backtest.Candles;

/// <summary>Which candles are wanted.</summary>
/// <param name="Seed">Of simulated prices; null for those of an exchange.</param>
/// <param name="From">UTC, inclusive, on the interval.</param>
/// <param name="To">UTC, exclusive, on the interval.</param>
public sealed record CandleQuestion(string Exchange, string Symbol, TimeSpan Interval, DateTime From, DateTime To, int? Seed)
{
    public long Count => Math.Max(0, (To - From).Ticks / Interval.Ticks);
}
