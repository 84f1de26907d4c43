using System.Numerics;

namespace ExEngine.Tests.Markets;

/// <summary>
/// An exact fraction, the reference that the decimals are held against. It shares nothing with the product's arithmetic:
/// it reads a decimal from its digits as text.
/// </summary>
internal readonly record struct Rational(BigInteger Numerator, BigInteger Denominator)
{
    public static readonly Rational Zero = new(0, 1);

    public static Rational Of(decimal value)
    {
        var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var point = text.IndexOf('.');
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        return Of(
            BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture),
            -decimals
        );
    }

    /// <summary><paramref name="digits"/> × 10^<paramref name="exponent"/>.</summary>
    public static Rational Of(BigInteger digits, int exponent) =>
        exponent >= 0 ? new(digits * BigInteger.Pow(10, exponent), 1) : new(digits, BigInteger.Pow(10, -exponent));

    public static Rational operator *(Rational a, BigInteger b) => new(a.Numerator * b, a.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    /// <summary>The denominator stays above zero.</summary>
    public static Rational operator /(Rational a, Rational b) =>
        new(a.Numerator * b.Denominator * b.Numerator.Sign, a.Denominator * BigInteger.Abs(b.Numerator));

    public static Rational operator +(Rational a, Rational b) =>
        new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) =>
        new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static bool operator <=(Rational a, Rational b) => a.Numerator * b.Denominator <= b.Numerator * a.Denominator;

    public static bool operator >=(Rational a, Rational b) => b <= a;

    public bool Same(Rational other) => Numerator * other.Denominator == other.Numerator * Denominator;

    /// <summary>How many whole times <paramref name="step"/> fits; both are at least 0.</summary>
    public BigInteger Floor(Rational step) => Numerator * step.Denominator / (Denominator * step.Numerator);

    /// <summary>Whether a decimal can hold it: at most 96 bits and 28 decimals.</summary>
    public bool FitsDecimal()
    {
        for (var scale = 0; scale <= 28; scale++)
        {
            var mantissa = Numerator * BigInteger.Pow(10, scale);
            if ((mantissa % Denominator).IsZero)
            {
                return mantissa / Denominator < BigInteger.Pow(2, 96);
            }
        }

        return false;
    }
}
