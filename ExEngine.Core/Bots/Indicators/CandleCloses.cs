using ExEngine.Core.Bots.Backtest;
using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Bots.Indicators;

/// <summary>Closes of candles of one size that are over, oldest first. It does not change.</summary>
public sealed class CandleCloses
{
    private readonly DateTime[] _ends;
    private readonly double[] _closes;

    private CandleCloses(TimeSpan size, DateTime[] ends, double[] closes) => (Size, _ends, _closes) = (size, ends, closes);

    public TimeSpan Size { get; }
    public int Count => _ends.Length;

    /// <summary>UTC of the last close; null without any.</summary>
    public DateTime? LastEnd => _ends is [.., var last] ? last : null;

    /// <param name="candles">In order of time, all of them over.</param>
    public static CandleCloses Of(TimeSpan size, IReadOnlyCollection<Candle> candles) =>
        new(size, [.. candles.Select(c => c.At + size)], [.. candles.Select(c => (double)c.Close)]);

    /// <summary>Of a series of smaller candles, or of the same: the last one in each interval closes it.</summary>
    public static CandleCloses Of(TimeSpan size, CandleSeries series)
    {
        var (ends, closes) = (new List<DateTime>(), new List<double>());
        var unit = CandleSeries.Unit(series.PriceDecimals);
        foreach (var candle in series.Candles)
        {
            var end = CandleSizes.Begin(DateTime.UnixEpoch.AddMilliseconds(candle.At), size) + size;
            var close = (double)(candle.Close / unit);
            if (ends is [.., var last] && last == end)
            {
                closes[^1] = close;
            }
            else
            {
                ends.Add(end);
                closes.Add(close);
            }
        }

        return new(size, [.. ends], [.. closes]);
    }

    /// <summary>How many of them are over at a time (UTC).</summary>
    public int Upto(DateTime now)
    {
        var at = Array.BinarySearch(_ends, now);
        return at >= 0 ? at + 1 : ~at;
    }

    public DateTime EndOf(int index) => _ends[index];

    /// <summary>Those before an index, at most so many of them.</summary>
    public ReadOnlySpan<double> Before(int index, int most) => _closes.AsSpan(Math.Max(0, index - most)..index);

    /// <summary>How many are missing among the last so many before an index.</summary>
    public long Missing(int index, int count) =>
        index < count || count < 2 ? 0 : ((_ends[index - 1] - _ends[index - count]).Ticks / Size.Ticks) - count + 1;

    /// <summary>These and later ones, the last so many of them.</summary>
    public CandleCloses With(CandleCloses later, int most) =>
        new(Size, [.. _ends.Concat(later._ends).TakeLast(most)], [.. _closes.Concat(later._closes).TakeLast(most)]);
}
