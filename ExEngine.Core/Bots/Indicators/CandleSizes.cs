using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Bots.Indicators;

/// <summary>Sizes of candles that conditions may be on.</summary>
public static class CandleSizes
{
    public static IReadOnlyDictionary<string, TimeSpan> All => CandleFeed.Intervals;

    public static string NameOf(TimeSpan size) => All.First(i => i.Value == size).Key;

    /// <summary>UTC begin of the candle of a moment.</summary>
    public static DateTime Begin(DateTime at, TimeSpan size) =>
        DateTime.UnixEpoch.AddTicks((at - DateTime.UnixEpoch).Ticks / size.Ticks * size.Ticks);
}
