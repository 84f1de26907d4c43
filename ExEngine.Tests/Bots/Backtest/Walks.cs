using ExEngine.Core.Bots.Backtest;

namespace ExEngine.Tests.Bots.Backtest;

/// <summary>Candles to play: made from a seed, the same every time.</summary>
internal static class Walks
{
    public static readonly long Start = new DateTimeOffset(BotMarkets.Start).ToUnixTimeMilliseconds();

    /// <summary>One-minute candles on a tick of 0.01, some missing, some jumping.</summary>
    public static CandleSeries Random(int seed, int count, int price = 10_000, int swing = 20)
    {
        var random = new Random(seed);
        var candles = new ScaledCandle[count];
        var (at, last) = (Start, (long)price);
        for (var i = 0; i < count; i++)
        {
            var jump = random.Next(200) == 0 ? random.Next(-swing * 10, (swing * 10) + 1) : 0;
            var open = Math.Max(100, last + jump);
            var close = Math.Max(100, open + random.Next(-swing, swing + 1));
            var high = Math.Max(open, close) + random.Next(0, swing);
            var low = Math.Max(50, Math.Min(open, close) - random.Next(0, swing));
            candles[i] = new(at, open, high, low, close, random.Next(0, 5_000));
            last = close;
            at += 60_000 * (random.Next(300) == 0 ? random.Next(2, 6) : 1);
        }

        return new(candles, TimeSpan.FromMinutes(1), 2, 2);
    }

    /// <summary>One candle in prices without decimals.</summary>
    public static CandleSeries One(int open, int high, int low, int close) =>
        new([new(Start, open * 100, high * 100, low * 100, close * 100, 0)], TimeSpan.FromMinutes(1), 2, 2);
}
