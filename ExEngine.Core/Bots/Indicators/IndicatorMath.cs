namespace ExEngine.Core.Bots.Indicators;

/// <summary>
/// The arithmetic of indicators, pinned: TradingView's <c>ta.*</c>. Inputs are closes, oldest first; results have the same length, with
/// no value (NaN) until there is enough. They are no money: a decision compares them, and amounts stay decimal.
/// </summary>
public static class IndicatorMath
{
    /// <summary>Simple average of the last n.</summary>
    public static double[] Sma(ReadOnlySpan<double> closes, int n)
    {
        var result = Nothing(closes.Length);
        for (var i = n - 1; i < closes.Length; i++)
        {
            // Summed anew each time: a running sum would carry its rounding along for ever.
            result[i] = Sum(closes.Slice(i - n + 1, n)) / n;
        }

        return result;
    }

    /// <summary>Exponential, α = 2 / (n + 1), begun with the simple average of the first n.</summary>
    public static double[] Ema(ReadOnlySpan<double> closes, int n) => Smoothed(closes, n, 2.0 / (n + 1));

    /// <summary>Wilder's, α = 1 / n, begun with the simple average of the first n.</summary>
    public static double[] Rma(ReadOnlySpan<double> values, int n) => Smoothed(values, n, 1.0 / n);

    /// <summary>Wilder's relative strength, 0 to 100; 100 where nothing fell.</summary>
    public static double[] Rsi(ReadOnlySpan<double> closes, int n)
    {
        var result = Nothing(closes.Length);
        if (closes.Length < 2)
        {
            return result;
        }

        var (up, down) = (new double[closes.Length - 1], new double[closes.Length - 1]);
        for (var i = 1; i < closes.Length; i++)
        {
            up[i - 1] = Math.Max(0, closes[i] - closes[i - 1]);
            down[i - 1] = Math.Max(0, closes[i - 1] - closes[i]);
        }

        var (gain, loss) = (Rma(up, n), Rma(down, n));
        for (var i = n; i < closes.Length; i++)
        {
            result[i] = loss[i - 1] == 0 ? 100 : 100 - (100 / (1 + (gain[i - 1] / loss[i - 1])));
        }

        return result;
    }

    /// <summary>
    /// Where the close lies between the Bollinger bands: 0 at the lower, 1 at the upper; the deviation is that of the population.
    /// </summary>
    public static double[] BollingerPercent(ReadOnlySpan<double> closes, int n, double width)
    {
        var result = Nothing(closes.Length);
        for (var i = n - 1; i < closes.Length; i++)
        {
            var window = closes.Slice(i - n + 1, n);
            var mean = Sum(window) / n;
            var squares = 0.0;
            foreach (var close in window)
            {
                squares += (close - mean) * (close - mean);
            }

            var half = width * Math.Sqrt(squares / n);
            result[i] = half == 0 ? 0.5 : (closes[i] - (mean - half)) / (2 * half);
        }

        return result;
    }

    /// <summary>Fast less slow average, and the average of that.</summary>
    public static (double[] Line, double[] Signal) Macd(ReadOnlySpan<double> closes, int fast = 12, int slow = 26, int signal = 9)
    {
        var (quick, lazy) = (Ema(closes, fast), Ema(closes, slow));
        var (line, signals) = (Nothing(closes.Length), Nothing(closes.Length));
        for (var i = slow - 1; i < closes.Length; i++)
        {
            line[i] = quick[i] - lazy[i];
        }

        if (closes.Length >= slow)
        {
            Ema(line.AsSpan(slow - 1), signal).CopyTo(signals.AsSpan(slow - 1));
        }

        return (line, signals);
    }

    /// <summary>Percent of change over the last n candles.</summary>
    public static double[] Change(ReadOnlySpan<double> closes, int n)
    {
        var result = Nothing(closes.Length);
        for (var i = n; i < closes.Length; i++)
        {
            result[i] = ((closes[i] / closes[i - n]) - 1) * 100;
        }

        return result;
    }

    private static double[] Smoothed(ReadOnlySpan<double> values, int n, double alpha)
    {
        var result = Nothing(values.Length);
        if (values.Length < n)
        {
            return result;
        }

        result[n - 1] = Sum(values[..n]) / n;
        for (var i = n; i < values.Length; i++)
        {
            result[i] = (alpha * values[i]) + ((1 - alpha) * result[i - 1]);
        }

        return result;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static double[] Nothing(int length)
    {
        var result = new double[length];
        Array.Fill(result, double.NaN);
        return result;
    }
}
