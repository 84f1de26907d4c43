using System.Globalization;
using ExEngine.Core.Preferences;
using ExEngine.Core.Text;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Parts.Values;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Text;

/// <summary>What a page shows is what it reads, in each format; and a text that could be two numbers is none.</summary>
public sealed class NumberFormatTests
{
    private const string Nbsp = "\u00a0";

    [Theory]
    [InlineData(NumberFormat.Point, "1,234,567.891")]
    [InlineData(NumberFormat.Comma, "1.234.567,891")]
    [InlineData(NumberFormat.Space, "1" + Nbsp + "234" + Nbsp + "567,891")]
    public void Amount_IsShownInTheReadersFormat(NumberFormat format, string shown) =>
        As(format, () => AmountText.Of(1_234_567.891m)).ShouldBe(shown);

    [Theory]
    [InlineData(NumberFormat.Comma, "0,5", "0.5")]
    [InlineData(NumberFormat.Comma, ",5", "0.5")]
    [InlineData(NumberFormat.Comma, "1234,5", "1234.5")]
    [InlineData(NumberFormat.Comma, "1.234", "1234")]
    [InlineData(NumberFormat.Comma, "1,234", "1.234")]
    [InlineData(NumberFormat.Comma, "1.234,56", "1234.56")]
    [InlineData(NumberFormat.Comma, "1 234,56", "1234.56")]
    [InlineData(NumberFormat.Comma, "1'234,56", "1234.56")]
    [InlineData(NumberFormat.Space, "1 234,56", "1234.56")]
    [InlineData(NumberFormat.Space, "1,234", "1.234")]
    [InlineData(NumberFormat.Space, "1234", "1234")]
    public void Text_IsReadInTheFormatThatIsShown(NumberFormat format, string text, string value) =>
        TypedNumber.Read(text, format).ShouldBe(new TypedNumber(decimal.Parse(value, CultureInfo.InvariantCulture), null));

    [Theory]
    [InlineData(NumberFormat.Comma, "0.5", "\"0.5\" is not clear: write 0,5 or 5.")]
    [InlineData(NumberFormat.Comma, "1.5", "\"1.5\" is not clear: write 1,5 or 15.")]
    [InlineData(NumberFormat.Comma, "60000.10", "\"60000.10\" is not clear: write 60000,10 or 6000010.")]
    [InlineData(NumberFormat.Comma, "1,234.56", "\"1,234.56\" is not clear: write 1234,56 or 1,23456.")]
    [InlineData(NumberFormat.Space, "1.234", "\"1.234\" is not clear: write 1,234 or 1234.")]
    [InlineData(NumberFormat.Space, "0.5", "\"0.5\" is not clear: write 0,5 or 5.")]
    [InlineData(NumberFormat.Space, "1 234.5", "\"1 234.5\" is not clear: write 1234,5 or 12345.")]
    [InlineData(NumberFormat.Space, "1.000.000", "\"1.000.000\" is not clear: write 1000,000 or 1000000.")]
    [InlineData(NumberFormat.Comma, "abc", "\"abc\" is no number; write digits with a decimal comma, like 1234,5.")]
    [InlineData(NumberFormat.Comma, "-0,5", "\"-0,5\" has a sign; write 0,5.")]
    [InlineData(NumberFormat.Comma, "2,5e-3", "\"2,5e-3\" has an exponent; write 0,0025.")]
    public void OtherMarks_AreAskedAbout(NumberFormat format, string text, string problem) =>
        TypedNumber.Read(text, format).ShouldBe(new TypedNumber(null, problem));

    [Fact]
    public void AnyAmount_IsReadAsItIsShown_InEachFormat() =>
        Prop.ForAll(
                Amounts.ToArbitrary(),
                Gen.Elements(Enum.GetValues<NumberFormat>()).ToArbitrary(),
                (amount, format) =>
                    As(
                        format,
                        () =>
                        {
                            NumberText.Read(AmountText.Of(amount)).ShouldBe(new TypedNumber(amount, null));
                            NumberText.Read(AmountText.Exact(amount)).ShouldBe(new TypedNumber(amount, null));
                            NumberText.Read(AmountText.Of(amount, 8)).ShouldBe(new TypedNumber(amount, null));
                            NumberText.Read(NumberText.Write(amount)).ShouldBe(new TypedNumber(amount, null));
                            return true;
                        }
                    )
            )
            .QuickCheckThrowOnFailure();

    /// <summary>A text of one format that is read at all in another is no surprise: it is what that format shows for the number.</summary>
    [Fact]
    public void AnyAmount_InTheWrongFormat_IsAskedAboutOrWhatThatFormatShows() =>
        Prop.ForAll(
                Amounts.ToArbitrary(),
                Gen.Elements(Enum.GetValues<NumberFormat>()).ToArbitrary(),
                Gen.Elements(Enum.GetValues<NumberFormat>()).ToArbitrary(),
                (amount, shown, chosen) =>
                {
                    var text = As(shown, () => AmountText.Of(amount));
                    if (TypedNumber.Read(text, chosen) is { Value: { } value } && value != amount)
                    {
                        string[] own = [As(chosen, () => AmountText.Of(value)), As(chosen, () => NumberText.Write(value))];
                        own.ShouldContain(text);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(
        "The order is worth 1,007.43 USDT (1 BTC = 100,743 USDT, 3 s old), and your risk setting allows 1,000; ask for less.",
        "The order is worth 1.007,43 USDT (1 BTC = 100.743 USDT, 3 s old), and your risk setting allows 1.000; ask for less."
    )]
    [InlineData(
        "price 60000.105 is off the tick 0.01; nearest 60000.10 or 60000.11.",
        "price 60000,105 is off the tick 0,01; nearest 60000,10 or 60000,11."
    )]
    [InlineData("12.5 % of equity", "12,5 % of equity")]
    [InlineData("0.00000001", "0,00000001")]
    [InlineData(
        "EMA 12 below EMA 26: now -268.1, met at the last close (-278.6)",
        "EMA 12 below EMA 26: now -268,1, met at the last close (-278,6)"
    )]
    [InlineData("-1,268.5", "-1.268,5")]
    [InlineData("BTC-1.5 and 3-1.5 and 2026-01.5", null)]
    [InlineData("from 127.0.0.1 at 08:15:30.123 by version 1.2.3 of v2.5, 5 times", null)]
    [InlineData("1,2,3 and 12,34 and 2.5x and x.5 and /a/1.5", null)]
    [InlineData("the text \"1.5\" is no number", null)]
    public void WhatTheEngineSaid_HasItsNumbersInTheReadersFormat(string said, string? shown) =>
        As(NumberFormat.Comma, () => SaidText.Of(said)).ShouldBe(shown ?? said);

    [Fact]
    public void WithoutAReader_NumbersAreAsEver()
    {
        AmountText.Of(1234.5m).ShouldBe("1,234.5");
        NumberText.Write(1234.5m).ShouldBe("1234.5");
    }

    private static T As<T>(NumberFormat format, Func<T> act)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        try
        {
            ReaderPreferences.Set(UserPreferences.Default with { Numbers = format });
            return act();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static Gen<decimal> Amounts =>
        from digits in Gen.Choose(0, int.MaxValue)
        from more in Gen.Choose(0, 999_999)
        from scale in Gen.Choose(0, 12)
        select new decimal(digits, more, 0, false, (byte)scale);
}
