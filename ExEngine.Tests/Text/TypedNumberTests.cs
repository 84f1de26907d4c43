using System.Globalization;
using ExEngine.Core.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Text;

/// <summary>A number is read as it was meant, or asked about; what stands in a field never becomes another number.</summary>
public sealed class TypedNumberTests
{
    private const char Nbsp = '\u00a0';
    private const char NarrowNbsp = '\u202f';

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\u00a0")]
    public void Nothing_IsNeitherANumberNorAProblem(string? text) => Read(text).ShouldBe(default);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.5", "0.5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("007", "7")]
    [InlineData("1.000", "1.000")]
    [InlineData(" 60000.10\t", "60000.10")]
    [InlineData("1,234.5", "1234.5")]
    [InlineData("1,000.5", "1000.5")]
    [InlineData("1,000", "1000")]
    [InlineData("1,000,000", "1000000")]
    [InlineData("12,345,678.901234", "12345678.901234")]
    [InlineData("120 000.005", "120000.005")]
    [InlineData("1\u00a0234\u202f567.8", "1234567.8")]
    [InlineData("1'234'567.8", "1234567.8")]
    [InlineData("1’234.50", "1234.50")]
    [InlineData("1_000_000", "1000000")]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999")]
    public void NumbersAndGroupedThousands_AreReadExactly(string text, string value)
    {
        var read = Read(text);

        read.Problem.ShouldBeNull();
        read.Value!.Value.ToString(CultureInfo.InvariantCulture).ShouldBe(value);
    }

    [Theory]
    [InlineData("0,5", "\"0,5\" is not clear: write 0.5 or 5.")]
    [InlineData("0,500", "\"0,500\" is not clear: write 0.500 or 500.")]
    [InlineData("1,5", "\"1,5\" is not clear: write 1.5 or 15.")]
    [InlineData(",5", "\",5\" is not clear: write 0.5 or 5.")]
    [InlineData("5,", "\"5,\" is not clear: write 5.")]
    [InlineData("1,00", "\"1,00\" is not clear: write 1.00 or 100.")]
    [InlineData("1,0000", "\"1,0000\" is not clear: write 1.0000 or 10000.")]
    [InlineData("1234,567", "\"1234,567\" is not clear: write 1234.567 or 1234567.")]
    [InlineData("1.000,5", "\"1.000,5\" is not clear: write 1000.5 or 1.0005.")]
    [InlineData("1.000.000,5", "\"1.000.000,5\" is not clear: write 1000000.5.")]
    [InlineData("1.000.000", "\"1.000.000\" is not clear: write 1000000.")]
    [InlineData("1 000,5", "\"1 000,5\" is not clear: write 1000.5 or 10005.")]
    [InlineData("1,000,5", "\"1,000,5\" is not clear: write 1000.5 or 10005.")]
    [InlineData("1,00.5", "\"1,00.5\" is not clear: write 100.5.")]
    [InlineData("1,00,000", "\"1,00,000\" is not clear: write 100.000 or 100000.")]
    [InlineData("1,000 000", "\"1,000 000\" is not clear: write 1.000000 or 1000000.")]
    [InlineData("1 0", "\"1 0\" is not clear: write 10.")]
    [InlineData("0.123 456", "\"0.123 456\" is not clear: write 0.123456.")]
    public void OtherMarks_AreAskedAboutByWhatMayBeMeant(string text, string problem) =>
        Read(text).ShouldBe(new TypedNumber(null, problem));

    [Theory]
    [InlineData("abc")]
    [InlineData("∞")]
    [InlineData("NaN")]
    [InlineData("1.2.3")]
    [InlineData("1,2.3.4")]
    [InlineData(".")]
    [InlineData(",")]
    [InlineData("50 USDT")]
    [InlineData("2 %")]
    [InlineData("0x1F")]
    [InlineData("١٢")]
    [InlineData("-")]
    [InlineData("--5")]
    [InlineData("1-2")]
    public void WhatIsNoNumber_IsCalledSo(string text) =>
        Read(text).ShouldBe(new TypedNumber(null, $"\"{text}\" is no number; write digits with a decimal point, like 1234.5."));

    [Theory]
    [InlineData("-5", "\"-5\" has a sign; write 5.")]
    [InlineData("−0.5", "\"−0.5\" has a sign; write 0.5.")]
    [InlineData("+ 1,000", "\"+ 1,000\" has a sign; write 1,000.")]
    [InlineData("1e5", "\"1e5\" has an exponent; write 100000.")]
    [InlineData("2.5E-7", "\"2.5E-7\" has an exponent; write 0.00000025.")]
    [InlineData("1e999", "\"1e999\" has an exponent and is too large or too small; write it with all its digits.")]
    public void SignsAndExponents_AreRefusedWithWhatToWrite(string text, string problem) =>
        Read(text).ShouldBe(new TypedNumber(null, problem));

    [Theory]
    [InlineData("0.12345678901234567890123456789", "It has 29 significant digits; at most 28 are kept exactly.")]
    [InlineData("1,2345678901234567890123456789", null)]
    [InlineData("99999999999999999999999999999", "It has 29 significant digits; at most 28 are kept exactly.")]
    [InlineData(
        "100000000000000000000000000000",
        "It is \"100000000000000000000000000000\", which is too large or too small to be kept exactly."
    )]
    public void MoreDigitsThanAreKept_AreRefused(string text, string? problem)
    {
        var read = Read(text);

        read.Value.ShouldBeNull();
        read.Problem.ShouldBe(problem ?? read.Problem);
        read.Problem.ShouldNotBeNull();
    }

    [Fact]
    public void LongText_IsNotRepeated() =>
        Read(new string('9', 65)).ShouldBe(new TypedNumber(null, "This is 65 characters long; a number has at most 28 digits."));

    [Theory]
    [InlineData("10", 10, null)]
    [InlineData("1,000", 1000, null)]
    [InlineData("10.0", 10, null)]
    [InlineData("", null, null)]
    [InlineData("2.5", null, "\"2.5\" is no whole number.")]
    [InlineData("abc", null, "\"abc\" is no number; write digits with a decimal point, like 1234.5.")]
    [InlineData("2147483648", null, "At most 2147483647 can be kept here.")]
    public void WholeNumbers_AreWhole(string text, int? value, string? problem) =>
        TypedNumber.ReadWhole(text, NumberFormat.Point).ShouldBe(new TypedNumber(value, problem));

    [Fact]
    public void AnyAmountHoweverGrouped_IsReadDigitForDigit() =>
        Prop.ForAll(
                Amounts.ToArbitrary(),
                Gen.Elements(',', ' ', '\'', '’', '_', Nbsp, NarrowNbsp).ToArbitrary(),
                (amount, mark) =>
                {
                    var plain = amount.ToString(CultureInfo.InvariantCulture);
                    var grouped = amount.ToString("N" + amount.Scale, CultureInfo.InvariantCulture).Replace(',', mark);
                    Read(plain).ShouldBe(new TypedNumber(amount, null));
                    Read(grouped).ShouldBe(new TypedNumber(amount, null));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void AnyAmountWithADecimalComma_IsNeverAnotherNumber() =>
        Prop.ForAll(
                Amounts.Where(a => a.Scale > 0).ToArbitrary(),
                amount =>
                {
                    var plain = amount.ToString(CultureInfo.InvariantCulture);
                    var read = Read(plain.Replace('.', ','));

                    // Three digits behind one comma are thousands, as this product writes them itself.
                    if (amount.Scale == 3 && amount is >= 1 and < 1000)
                    {
                        read.Value.ShouldBe(amount * 1000);
                        return;
                    }

                    read.Value.ShouldBeNull();
                    read.Problem!.ShouldContain($"write {plain}");
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void AnyTextAtAll_IsANumberOrNothingOrAProblem() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string?>(),
                Gen.ListOf(Gen.Elements([.. "0123456789.,, '-+eE_∞"])).ToArbitrary(),
                (wild, marks) =>
                {
                    foreach (var text in new[] { wild, string.Concat(marks) })
                    {
                        var read = Read(text);
                        (read.Value is null).ShouldBe(read.Problem is not null || string.IsNullOrWhiteSpace(text));
                        (read.Value ?? 0).ShouldBeGreaterThanOrEqualTo(0);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    private static TypedNumber Read(string? text) => TypedNumber.Read(text, NumberFormat.Point);

    private static Gen<decimal> Amounts =>
        from digits in Gen.Choose(0, int.MaxValue)
        from more in Gen.Choose(0, 999_999)
        from scale in Gen.Choose(0, 12)
        select new decimal(digits, more, 0, false, (byte)scale);
}
