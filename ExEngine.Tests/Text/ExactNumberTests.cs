using System.Globalization;
using System.Numerics;
using ExEngine.Core.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Text;

public sealed class ExactNumberTests
{
    private static readonly Gen<string> Digits = Gen.Choose(0, 9)
        .Select(d => d.ToString(CultureInfo.InvariantCulture))
        .ListOf()
        .Select(string.Concat);

    private static readonly Gen<string> AnyNumber =
        from sign in Gen.Elements("", "", "-", "+")
        from whole in Digits
        from point in Gen.Elements("", ".")
        from fraction in Digits
        from exponent in Gen.OneOf(
            Gen.Constant(""),
            Gen.Choose(-40, 40).Select(e => string.Create(CultureInfo.InvariantCulture, $"e{e}")),
            Gen.Elements("E+3", "e-0", "e", "e+", "e1.5")
        )
        select sign + whole + point + (point == "" ? "" : fraction) + exponent;

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("+60000.10", "60000.10")]
    [InlineData("  0.001\t", "0.001")]
    [InlineData(".5", "0.5")]
    [InlineData("007", "7")]
    [InlineData("1e3", "1000")]
    [InlineData("1.5E-3", "0.0015")]
    [InlineData("1e-28", "0.0000000000000000000000000001")]
    [InlineData("7e27", "7000000000000000000000000000")]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999")]
    [InlineData("0.1234567890123456789012345678", "0.1234567890123456789012345678")]
    [InlineData("12345678901234.56789012345678", "12345678901234.56789012345678")]
    [InlineData("0e999999", "0")]
    public void NumberThatFits_IsReadExactly(string text, string expected)
    {
        ExactNumber.TryParse(text, out var value, out var problem).ShouldBeTrue(problem);
        value.ShouldBe(decimal.Parse(expected, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("   ", "is empty")]
    [InlineData("{{close}}", "placeholder")]
    [InlineData("NaN", "no number")]
    [InlineData("Infinity", "no number")]
    [InlineData("-inf", "no number")]
    [InlineData("∞", "no number")]
    [InlineData("1,000.5", "no number")]
    [InlineData("1 000", "no number")]
    [InlineData("1_000", "no number")]
    [InlineData("0x10", "no number")]
    [InlineData("1.2.3", "no number")]
    [InlineData("--1", "no number")]
    [InlineData("-", "no number")]
    [InlineData(".", "no number")]
    [InlineData("1e", "no number")]
    [InlineData("e5", "no number")]
    [InlineData("1e5.5", "no number")]
    [InlineData("1e99999999999", "no number")]
    [InlineData("٣", "no number")]
    [InlineData("0.001 BTC", "no number")]
    [InlineData("true", "no number")]
    [InlineData("12345678901234567890123456789", "29 significant digits")]
    [InlineData("0.12345678901234567890123456789", "29 significant digits")]
    [InlineData("1.0000000000000000000000000001", "29 significant digits")]
    [InlineData("12345678901234567890123456789012345", "35 significant digits")]
    [InlineData("1e29", "too large or too small")]
    [InlineData("8e28", "too large or too small")]
    [InlineData("1e-29", "too large or too small")]
    [InlineData("1e2147483647", "too large or too small")]
    [InlineData("1e-2147483648", "too large or too small")]
    public void NumberThatCannotBeKept_IsRefusedInWords(string text, string words)
    {
        ExactNumber.TryParse(text, out _, out var problem).ShouldBeFalse();
        problem.ShouldNotBeNull().ShouldContain(words);
    }

    [Fact]
    public void TextOfManyDigits_IsRefusedByItsLength()
    {
        ExactNumber.TryParse(new string('1', 65), out _, out var problem).ShouldBeFalse();
        problem.ShouldNotBeNull().ShouldContain("65 characters");
    }

    [Fact]
    public void AnyDecimalOfAtMost28Digits_ComesBackDigitForDigit() =>
        ForAll(
            from a in Gen.Choose(int.MinValue, int.MaxValue)
            from b in Gen.Choose(int.MinValue, int.MaxValue)
            from c in Gen.Choose(int.MinValue, int.MaxValue)
            from shift in Gen.Choose(3, 95)
            from scale in Gen.Choose(0, 28)
            select Decimal(((new BigInteger((uint)a) << 64) | (new BigInteger((uint)b) << 32) | (uint)c) >> shift, scale),
            value =>
            {
                ExactNumber.TryParse(value.ToString(CultureInfo.InvariantCulture), out var read, out var problem).ShouldBeTrue(problem);
                read.ToString(CultureInfo.InvariantCulture).ShouldBe(value.ToString(CultureInfo.InvariantCulture));
            }
        );

    /// <summary>Against whole numbers of any length: either refused, or exactly what was written.</summary>
    [Fact]
    public void AnyText_IsExactOrRefused() =>
        ForAll(
            AnyNumber,
            text =>
            {
                var expected = Parts(text);
                var accepted = ExactNumber.TryParse(text, out var value, out _);
                if (expected is not { } parts)
                {
                    accepted.ShouldBeFalse(text);
                    return;
                }

                accepted.ShouldBe(Fits(parts.Digits, parts.Scale, text.Length), text);
                if (accepted)
                {
                    var (digits, scale) = Parts(value.ToString(CultureInfo.InvariantCulture))!.Value;
                    (parts.Digits * BigInteger.Pow(10, 100 - (int)parts.Scale)).ShouldBe(
                        digits * BigInteger.Pow(10, 100 - (int)scale),
                        text
                    );
                }
            }
        );

    private static bool Fits(BigInteger digits, long scale, int length)
    {
        if (length > 64)
        {
            return false;
        }

        if (digits.IsZero)
        {
            return true;
        }

        while (digits % 10 == 0)
        {
            (digits, scale) = (digits / 10, scale - 1);
        }

        var count = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).Length;
        return count <= 28 && scale <= 28 && count - scale <= 28;
    }

    private static (BigInteger Digits, long Scale)? Parts(string text)
    {
        var halves = text.Split('e', 'E');
        var exponent = 0;
        if (halves.Length > 1 && !int.TryParse(halves[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return null;
        }

        var point = halves[0].IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? 0 : halves[0].Length - point - 1;
        return BigInteger.TryParse(
            halves[0].Replace(".", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var digits
        )
            ? (digits, (long)fraction - exponent)
            : null;
    }

    private static decimal Decimal(BigInteger digits, int scale)
    {
        var bytes = digits.ToByteArray(isUnsigned: true);
        Array.Resize(ref bytes, 12);
        return new decimal(
            BitConverter.ToInt32(bytes, 0),
            BitConverter.ToInt32(bytes, 4),
            BitConverter.ToInt32(bytes, 8),
            false,
            (byte)scale
        );
    }

    private static void ForAll<T>(Gen<T> cases, Action<T> check) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(4_000).WithReplay(20_260_102, 297), Prop.ForAll(Arb.From(cases), check));
}
