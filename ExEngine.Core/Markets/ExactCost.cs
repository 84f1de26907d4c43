using System.Globalization;
using System.Numerics;

namespace ExEngine.Core.Markets;

/// <summary>An amount in quote, exact: price × quantity can have twice the digits that a decimal holds.</summary>
internal readonly struct ExactCost : IComparable<ExactCost>
{
    // What a double keeps of any number; a sender that computes in doubles can state no more.
    private const int DoubleDigits = 15;

    private readonly BigInteger _mantissa;
    private readonly int _scale;

    private ExactCost(BigInteger mantissa, int scale) => (_mantissa, _scale) = (mantissa, scale);

    public static ExactCost Of(decimal amount) => new(Mantissa(amount), amount.Scale);

    public static ExactCost Of(decimal price, decimal quantity) => new(Mantissa(price) * Mantissa(quantity), price.Scale + quantity.Scale);

    public int CompareTo(ExactCost other)
    {
        var scale = Math.Max(_scale, other._scale);
        return At(scale).CompareTo(other.At(scale));
    }

    /// <summary>The smallest quantity that costs at least <paramref name="cost"/>; null when a decimal cannot hold it.</summary>
    public static decimal? QuantityFor(decimal cost, decimal price, Increments steps)
    {
        if (price <= 0 || (price < 1 && cost > decimal.MaxValue * price))
        {
            return null;
        }

        // The quotient may be rounded in its 28th digit; it is only a first guess, which the product then proves.
        var enough = steps.Up(cost / price);
        if (enough is { } less && Of(price, less).CompareTo(Of(cost)) < 0)
        {
            var step =
                steps.IncrementAt(less)
                ?? IncrementMath.PowerOfTen(Math.Max(-IncrementMath.MaxScale, IncrementMath.Exponent(less) - 26))!.Value;
            return less <= decimal.MaxValue - step ? less + step : null;
        }

        return enough;
    }

    /// <summary>The largest quantity that costs at most <paramref name="cost"/>; null when a decimal cannot hold it.</summary>
    /// <param name="price">Above zero.</param>
    public static decimal? QuantityWithin(decimal cost, decimal price, Increments steps)
    {
        if (price < 1 && cost > decimal.MaxValue * price)
        {
            return null;
        }

        // As above: the quotient is a guess, and one that was rounded up may be a step too many.
        var most = steps.Down(cost / price);
        return most > 0 && Of(price, most).CompareTo(Of(cost)) > 0 ? steps.Down(most - (steps.IncrementAt(most) ?? most * 1e-27m)) : most;
    }

    /// <summary>
    /// Whether a stated amount is this one: equal, or this one rounded or cut to the decimals in which it was stated,
    /// which must be two or more (or to 15 significant digits, which is what a sender's double keeps). 60.00 stands for
    /// 60.0001; 60 does not, and 60.01 does not.
    /// </summary>
    public bool IsStatedAs(decimal amount)
    {
        var stated = Of(amount);
        var difference = CompareTo(stated);
        if (difference == 0 || amount.Scale < 2)
        {
            return difference == 0;
        }

        var scale = Math.Max(_scale, amount.Scale) + 1;
        var digits = BigInteger.Abs(stated._mantissa).ToString(CultureInfo.InvariantCulture).Length;
        var unit = BigInteger.Pow(10, scale - amount.Scale + Math.Max(0, digits - DoubleDigits));
        var over = stated.At(scale) - At(scale);
        return over > 0 ? over * 2 <= unit : -over < unit;
    }

    /// <summary>Null when it has more digits than a decimal holds.</summary>
    public decimal? AsDecimal() =>
        decimal.TryParse(ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Of(value).CompareTo(this) == 0
            ? value
            : null;

    /// <summary>The largest amount on these steps that is not above this one; null when a decimal cannot hold it.</summary>
    public decimal? Down(Increments steps)
    {
        if (!decimal.TryParse(ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var near))
        {
            return null;
        }

        // The parser rounds what has more digits than a decimal, perhaps up: then the step below is meant.
        var down = steps.Down(near);
        return Of(down).CompareTo(this) <= 0 ? down : steps.Down(down - (steps.IncrementAt(down) ?? (down * 1e-27m)));
    }

    /// <summary>Exact, without exponent and without zeros at the end.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(_mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(_scale + 1, '0');
        var text = _scale == 0 ? digits : (digits[..^_scale] + "." + digits[^_scale..]).TrimEnd('0').TrimEnd('.');
        return _mantissa.Sign < 0 ? "-" + text : text;
    }

    private BigInteger At(int scale) => _mantissa * BigInteger.Pow(10, scale - _scale);

    private static BigInteger Mantissa(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return (BigInteger)new decimal(bits[0], bits[1], bits[2], value < 0, 0);
    }
}
