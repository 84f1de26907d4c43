using ExEngine.Core.Bots.Backtest;

namespace ExEngine.Core.Bots.Indicators;

/// <summary>How far prices went, from candles in order of time. Percents are numbers for people and for settings, not money.</summary>
public static class VolatilityMath
{
    private const int Hours = 24;

    /// <summary>
    /// Percent: the standard deviation of the logarithms of hourly returns, over so many days of an even walk; 0 for fewer than three.
    /// </summary>
    public static decimal Sigma(CandleSeries hourly, int days)
    {
        var returns = new List<double>();
        for (var i = 1; i < hourly.Count; i++)
        {
            returns.Add(Math.Log((double)hourly.Candles[i].Close / hourly.Candles[i - 1].Close));
        }

        if (returns.Count < 2)
        {
            return 0;
        }

        var mean = returns.Average();
        var variance = returns.Sum(r => (r - mean) * (r - mean)) / (returns.Count - 1);
        return Rounded(Math.Sqrt(variance * Hours * days) * 100);
    }

    /// <summary>The factor by which a price is so many percent of a logarithm higher.</summary>
    public static decimal Factor(decimal percent) => Rounded(Math.Exp((double)percent / 100));

    /// <summary>How many steps of so many percent each lie in a factor.</summary>
    public static decimal Steps(decimal factor, decimal percent) =>
        Rounded(Math.Log((double)factor) / Math.Log(1 + ((double)percent / 100)));

    /// <summary>Percent of the last close: Wilder's average of the true range over so many candles; 0 for fewer.</summary>
    public static decimal Atr(CandleSeries candles, int length)
    {
        var ranges = new double[Math.Max(0, candles.Count - 1)];
        for (var i = 1; i < candles.Count; i++)
        {
            var (c, before) = (candles.Candles[i], candles.Candles[i - 1].Close);
            ranges[i - 1] = Math.Max(c.High, before) - Math.Min(c.Low, before);
        }

        return ranges.Length < length ? 0 : Rounded(IndicatorMath.Rma(ranges, length)[^1] / candles.Candles[^1].Close * 100);
    }

    /// <summary>Percent: the deepest that any low was below any close at most so many candles before it.</summary>
    public static decimal WorstFall(CandleSeries candles, int within)
    {
        // Closes of the window that no later one is above, highest first.
        var (tops, worst) = (new LinkedList<int>(), 0.0);
        for (var i = 0; i < candles.Count; i++)
        {
            if (tops.First is { Value: var first } && first < i - within)
            {
                tops.RemoveFirst();
            }

            if (tops.First is { Value: var top })
            {
                worst = Math.Max(worst, 1 - ((double)candles.Candles[i].Low / candles.Candles[top].Close));
            }

            while (tops.Last is { Value: var last } && candles.Candles[last].Close <= candles.Candles[i].Close)
            {
                tops.RemoveLast();
            }

            tops.AddLast(i);
        }

        return Rounded(worst * 100);
    }

    private static decimal Rounded(double value) => Math.Round((decimal)Math.Clamp(value, -1e9, 1e9), 6);
}
