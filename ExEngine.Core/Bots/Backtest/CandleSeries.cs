using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Bots.Backtest;

/// <summary>Candles of one market in order of time, in scaled whole numbers.</summary>
public sealed class CandleSeries(ScaledCandle[] candles, TimeSpan interval, int priceDecimals, int volumeDecimals)
{
    /// <summary>The most decimals that prices and volumes may have: 10^18 is what a long holds.</summary>
    public const int MaxDecimals = 12;

    public ReadOnlySpan<ScaledCandle> Candles => candles;
    public int Count => candles.Length;
    public TimeSpan Interval => interval;

    /// <summary>A price of 1 is 10 to this power.</summary>
    public int PriceDecimals => priceDecimals;
    public int VolumeDecimals => volumeDecimals;

    public static CandleSeries Of(IEnumerable<Candle> candles, TimeSpan interval, int priceDecimals, int volumeDecimals)
    {
        var (price, volume) = (Unit(priceDecimals), Unit(volumeDecimals));
        return new(
            [
                .. candles.Select(c => new ScaledCandle(
                    new DateTimeOffset(c.At).ToUnixTimeMilliseconds(),
                    (long)(c.Open * price),
                    (long)(c.High * price),
                    (long)(c.Low * price),
                    (long)(c.Close * price),
                    (long)(c.Volume * volume)
                )),
            ],
            interval,
            priceDecimals,
            volumeDecimals
        );
    }

    /// <summary>Some that follow each other as one: prices in the finest units of them, volumes in the coarsest.</summary>
    /// <exception cref="OverflowException">A price is too large for those units.</exception>
    public static CandleSeries Join(IReadOnlyList<CandleSeries> parts, TimeSpan interval, int priceDecimals)
    {
        var price = parts.Select(p => p.PriceDecimals).Append(priceDecimals).Max();
        var volume = parts.Count > 0 ? parts.Min(p => p.VolumeDecimals) : 0;
        var all = new ScaledCandle[parts.Sum(p => p.Count)];
        var at = 0;
        foreach (var part in parts)
        {
            var (up, down) = ((long)Unit(price - part.PriceDecimals), (long)Unit(part.VolumeDecimals - volume));
            foreach (var c in part.Candles)
            {
                all[at++] = checked(new ScaledCandle(c.At, c.Open * up, c.High * up, c.Low * up, c.Close * up, c.Volume / down));
            }
        }

        return new(all, interval, price, volume);
    }

    /// <summary>The decimals that all of some numbers have, as far as a long holds them.</summary>
    public static int Decimals(IEnumerable<decimal> numbers)
    {
        var (decimals, largest) = (0, 0m);
        foreach (var number in numbers)
        {
            largest = Math.Max(largest, Math.Abs(number));
            while (decimals < MaxDecimals && decimal.Round(number, decimals, MidpointRounding.ToZero) != number)
            {
                decimals++;
            }
        }

        while (decimals > 0 && largest * Unit(decimals) > long.MaxValue / 4)
        {
            decimals--;
        }

        return decimals;
    }

    /// <summary>The first so many.</summary>
    public CandleSeries Prefix(int count) => new(candles[..count], interval, priceDecimals, volumeDecimals);

    /// <summary>Those after the first so many.</summary>
    public CandleSeries After(int count) => new(candles[count..], interval, priceDecimals, volumeDecimals);

    /// <summary>Larger candles that these make up; the first and the last may be parts of one.</summary>
    public CandleSeries Larger(TimeSpan size)
    {
        var (all, step) = (new List<ScaledCandle>(), (long)size.TotalMilliseconds);
        foreach (var c in candles)
        {
            var at = c.At / step * step;
            if (all is [.., var last] && last.At == at)
            {
                all[^1] = new(at, last.Open, Math.Max(last.High, c.High), Math.Min(last.Low, c.Low), c.Close, last.Volume + c.Volume);
            }
            else
            {
                all.Add(c with { At = at });
            }
        }

        return new([.. all], size, priceDecimals, volumeDecimals);
    }

    /// <summary>Those that begin in a time: UTC, from inclusive, to exclusive.</summary>
    public CandleSeries Between(DateTime from, DateTime to)
    {
        var (first, last) = (new DateTimeOffset(from).ToUnixTimeMilliseconds(), new DateTimeOffset(to).ToUnixTimeMilliseconds());
        return new([.. candles.Where(c => c.At >= first && c.At < last)], interval, priceDecimals, volumeDecimals);
    }

    /// <summary>Intervals that are missing inside the series: how many, and the longest in a row.</summary>
    public (long Count, long Longest) Gaps()
    {
        var (count, longest, step) = (0L, 0L, (long)interval.TotalMilliseconds);
        for (var i = 1; i < candles.Length; i++)
        {
            var missing = ((candles[i].At - candles[i - 1].At) / step) - 1;
            (count, longest) = (count + Math.Max(0, missing), Math.Max(longest, missing));
        }

        return (count, longest);
    }

    /// <summary>10 to the power of so many decimals.</summary>
    public static decimal Unit(int decimals)
    {
        var unit = 1m;
        for (var i = 0; i < decimals; i++)
        {
            unit *= 10;
        }

        return unit;
    }
}
