namespace ExEngine.Core.Bots.Backtest;

/// <summary>
/// Candles from lines of <c>time,open,high,low,close,volume[,…]</c>, time in seconds, milliseconds or microseconds since 1970, with or
/// without a line of names. Digits become scaled whole numbers directly; a number with more decimals than the series keeps is an error,
/// never cut.
/// </summary>
public static class CandleCsv
{
    private const int Fields = 6;
    private const long Seconds = 100_000_000_000;
    private const long Milliseconds = 100_000_000_000_000;

    /// <exception cref="FormatException">A line is no candle; it is named with its number.</exception>
    public static CandleSeries Parse(ReadOnlySpan<byte> text, int priceDecimals, int volumeDecimals)
    {
        var candles = new ScaledCandle[Math.Max(16, text.Length / 40)];
        var (count, line) = (0, 0);
        Span<long> fields = stackalloc long[Fields];
        while (!text.IsEmpty)
        {
            line++;
            var end = text.IndexOf((byte)'\n');
            var row = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (row.IsEmpty || row[0] == '\r' || (line == 1 && !char.IsAsciiDigit((char)row[0])))
            {
                continue;
            }

            Row(row, fields, priceDecimals, volumeDecimals, line);
            var candle = new ScaledCandle(Milli(fields[0]), fields[1], fields[2], fields[3], fields[4], fields[5]);
            if (candle.Low > Math.Min(candle.Open, candle.Close) || candle.High < Math.Max(candle.Open, candle.Close) || candle.Low <= 0)
            {
                throw new FormatException($"Line {line}: open and close lie between low and high, and the low is above 0.");
            }

            if (count > 0 && candle.At <= candles[count - 1].At)
            {
                throw new FormatException($"Line {line}: candles come in order of time, each once.");
            }

            if (count == candles.Length)
            {
                Array.Resize(ref candles, count * 2);
            }

            candles[count++] = candle;
        }

        var interval = count > 1 ? Shortest(candles.AsSpan(0, count)) : 60_000;
        return new(candles[..count], TimeSpan.FromMilliseconds(interval), priceDecimals, volumeDecimals);
    }

    private static void Row(ReadOnlySpan<byte> row, Span<long> fields, int priceDecimals, int volumeDecimals, int line)
    {
        var at = 0;
        for (var i = 0; i < Fields; i++)
        {
            var decimals =
                i == 0 ? 0
                : i < 5 ? priceDecimals
                : volumeDecimals;
            if (!Number(row, ref at, decimals, out fields[i]))
            {
                throw new FormatException(
                    $"Line {line}, field {i + 1}: a number with at most {decimals} decimals is expected, such as 60000.10, between commas."
                );
            }
        }
    }

    private static bool Number(ReadOnlySpan<byte> row, ref int at, int decimals, out long value)
    {
        value = 0;
        var (start, point, places) = (at, false, 0);
        for (; at < row.Length && row[at] is not ((byte)',' or (byte)'\r'); at++)
        {
            var digit = row[at] - '0';
            if (row[at] == '.' && !point)
            {
                point = true;
            }
            else if ((uint)digit > 9 || value > (long.MaxValue - 9) / 10)
            {
                return false;
            }
            else if (!point || places < decimals)
            {
                value = (value * 10) + digit;
                places += point ? 1 : 0;
            }
            else if (digit != 0)
            {
                return false;
            }
        }

        for (; places < decimals; places++)
        {
            if (value > long.MaxValue / 10)
            {
                return false;
            }

            value *= 10;
        }

        var some = at > start;
        at++;
        return some;
    }

    private static long Milli(long time) =>
        time < Seconds ? time * 1000
        : time < Milliseconds ? time
        : time / 1000;

    private static long Shortest(ReadOnlySpan<ScaledCandle> candles)
    {
        var shortest = long.MaxValue;
        for (var i = 1; i < candles.Length; i++)
        {
            shortest = Math.Min(shortest, candles[i].At - candles[i - 1].At);
        }

        return shortest;
    }
}
