using System.Numerics;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Positions;

/// <summary>
/// Shares of an amount with a fixed rounding, so that counting the same fills anew gives the same digits. What the rounding leaves
/// stays with the rest, so that parts and rest add up to the whole exactly.
/// </summary>
public static class Proportion
{
    /// <summary>The decimals of a share, unless the amount has more.</summary>
    public const int Places = 16;

    private static readonly BigInteger MaxMantissa = (BigInteger)decimal.MaxValue;

    /// <summary>
    /// <paramref name="amount"/> × <paramref name="part"/> / <paramref name="whole"/>, computed exactly and rounded once, half to even,
    /// to 16 decimals or to as many as the amount has, zeros at its end left out; to fewer only where a decimal cannot hold so many.
    /// </summary>
    /// <param name="whole">Above zero.</param>
    public static decimal Of(decimal amount, decimal part, decimal whole)
    {
        // Databases differ in the zeros that they keep, and the answer must not.
        amount = IncrementMath.Shortest(amount);
        var numerator = Mantissa(amount) * Mantissa(part) * BigInteger.Pow(10, whole.Scale);
        var denominator = Mantissa(whole) * BigInteger.Pow(10, amount.Scale + part.Scale);
        for (var places = Math.Max(Places, (int)amount.Scale); ; places--)
        {
            var mantissa = Rounded(numerator * BigInteger.Pow(10, places), denominator);
            if (BigInteger.Abs(mantissa) <= MaxMantissa)
            {
                return Decimal(mantissa, places);
            }
        }
    }

    private static BigInteger Rounded(BigInteger numerator, BigInteger denominator)
    {
        var (whole, rest) = BigInteger.DivRem(BigInteger.Abs(numerator), denominator);
        var half = (rest * 2).CompareTo(denominator);
        var rounded = half > 0 || (half == 0 && !whole.IsEven) ? whole + 1 : whole;
        return numerator.Sign < 0 ? -rounded : rounded;
    }

    // Without zeros at the end, so that sums of shares keep no more decimals than they need.
    private static decimal Decimal(BigInteger mantissa, int places)
    {
        while (places > 0 && (mantissa % 10).IsZero)
        {
            (mantissa, places) = (mantissa / 10, places - 1);
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits((decimal)BigInteger.Abs(mantissa), bits);
        return new decimal(bits[0], bits[1], bits[2], mantissa.Sign < 0, (byte)places);
    }

    private static BigInteger Mantissa(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return (BigInteger)new decimal(bits[0], bits[1], bits[2], value < 0, 0);
    }
}
