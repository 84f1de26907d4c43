using System.Globalization;
using System.Numerics;

namespace ExEngine.Core.Markets;

/// <summary>
/// Exact multiples of a step. Values of everyday size are computed in decimals, all others in whole numbers of any length.
/// </summary>
public static class IncrementMath
{
    public const int MaxScale = 28;

    // Two numbers within these bounds have a sum and a difference of at most 28 digits, so decimals hold them exactly.
    private const decimal EverydaySize = 10_000_000_000_000m;
    private const int EverydayScale = 14;

    private static readonly BigInteger MaxMantissa = (BigInteger)decimal.MaxValue;
    private static readonly decimal[] Powers =
    [
        .. Enumerable.Range(0, MaxScale).Select(i => new decimal(1, 0, 0, false, (byte)(MaxScale - i))),
        .. Enumerable.Range(0, MaxScale + 1).Select(i => (decimal)BigInteger.Pow(10, i)),
    ];

    /// <summary>10^<paramref name="exponent"/>; null when that is smaller than a decimal can hold.</summary>
    public static decimal? PowerOfTen(int exponent) => exponent < -MaxScale ? null : Powers[Math.Min(exponent, MaxScale) + MaxScale];

    /// <summary>The place of the first digit: 0 for 1 to 9.99, −1 for 0.1. The value must not be 0.</summary>
    public static int Exponent(decimal value)
    {
        var at = Array.BinarySearch(Powers, Math.Abs(value));
        return (at >= 0 ? at : ~at - 1) - MaxScale;
    }

    public static decimal Down(decimal value, decimal step)
    {
        if (value < 0)
        {
            return -Down(-value, step);
        }

        return IsEveryday(value) && IsEveryday(step) ? value - (value % step) : Multiple(value, step, up: false)!.Value;
    }

    /// <summary>Null when no decimal can hold the answer.</summary>
    public static decimal? Up(decimal value, decimal step)
    {
        if (value < 0)
        {
            return -Up(-value, step);
        }

        if (!IsEveryday(value) || !IsEveryday(step))
        {
            return Multiple(value, step, up: true);
        }

        var over = value % step;
        return over == 0 ? value : value - over + step;
    }

    /// <summary>Without zeros behind the last digit that counts: 0.01000000 is 0.01.</summary>
    public static decimal Shortest(decimal value) => value / 1.0000000000000000000000000000m;

    public static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(decimal value, decimal? step)
    {
        var shortest = Shortest(value);
        var places = Math.Max(shortest.Scale, step is { } known ? Shortest(known).Scale : 0);
        return shortest.ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static bool IsEveryday(decimal value) => value <= EverydaySize && value.Scale <= EverydayScale;

    // A multiple may have more digits than a decimal holds. Then the one wanted is among those with fewer decimals: the
    // multiples of the step and of 10^dropped, in the common scale. Each such set lies inside the one before.
    private static decimal? Multiple(decimal value, decimal step, bool up)
    {
        var scale = Math.Max(value.Scale, step.Scale);
        var wanted = Mantissa(value, scale);
        var unit = Mantissa(step, scale);
        decimal? best = null;
        for (var dropped = 0; dropped <= scale; dropped++)
        {
            var power = BigInteger.Pow(10, dropped);
            var wide = unit / BigInteger.GreatestCommonDivisor(unit, power) * power;
            var count = (up ? wanted + wide - 1 : wanted) / wide;
            if (count * wide / power <= MaxMantissa)
            {
                var fits = FromMantissa(count * wide / power, scale - dropped);
                return best > fits ? best : fits;
            }

            if (!up)
            {
                var most = FromMantissa(MaxMantissa * power / wide * wide / power, scale - dropped);
                best = best > most ? best : most;
            }
        }

        return best;
    }

    private static BigInteger Mantissa(decimal value, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return (BigInteger)new decimal(bits[0], bits[1], bits[2], false, 0) * BigInteger.Pow(10, scale - value.Scale);
    }

    private static decimal FromMantissa(BigInteger mantissa, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits((decimal)mantissa, bits);
        return new decimal(bits[0], bits[1], bits[2], false, (byte)scale);
    }
}
