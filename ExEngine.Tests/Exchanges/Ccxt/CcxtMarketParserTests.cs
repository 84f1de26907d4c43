using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Exchanges.Ccxt;

public sealed class CcxtMarketParserTests
{
    [Theory]
    [InlineData(4, "1e-8", "0.00000001")]
    [InlineData(4, "0.05000000", "0.05")]
    [InlineData(4, "10", "10")]
    [InlineData(2, "8", "0.00000001")]
    [InlineData(2, "0", "1")]
    [InlineData(2, "-2", "100")]
    public void PrecisionMode_GivesItsStep(int mode, string precision, string step) =>
        One(mode, precision: precision)!
            .PriceIncrements.IncrementAt(1)!
            .Value.ShouldBe(decimal.Parse(step, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void SignificantDigits_StepFollowsTheValue()
    {
        var steps = One(3, precision: "5")!.PriceIncrements;

        steps.IncrementAt(60000m).ShouldBe(1m);
        steps.IncrementAt(1.5m).ShouldBe(0.0001m);
    }

    [Fact]
    public void Bitfinex_HasFiveDigitsAndAtMostEightDecimals()
    {
        var market = One(3, exchange: "bitfinex", precision: "5")!;

        market.PriceIncrements.Down(0.00012345678m).ShouldBe(0.00012345m);
        market.PriceIncrements.Down(123456m).ShouldBe(123450m);
        market.QuantityIncrements.Mode.ShouldBe(IncrementMode.DecimalPlaces);
    }

    [Fact]
    public void Hyperliquid_AllowsWholeNumbersOfAnyLength()
    {
        var market = One(4, exchange: "hyperliquid", precision: "0.001")!;

        market.PriceIncrements.Contains(123457m).ShouldBeTrue();
        market.PriceIncrements.Contains(12345.6m).ShouldBeFalse();
        market.PriceIncrements.Down(0.123456m).ShouldBe(0.12345m);
        market.PriceIncrements.Down(0.00123456m).ShouldBe(0.00123m);
    }

    [Theory]
    [InlineData("\"0\"", null)]
    [InlineData("\"0.00000000\"", null)]
    [InlineData("null", null)]
    [InlineData("\"1e-8\"", "0.00000001")]
    [InlineData("\"1.10\"", "1.1")]
    [InlineData("\"9000000000000000000000000000000\"", null)]
    [InlineData("\"0.12345678901234567890123456789012\"", "0.1234567890123456789012345679")]
    public void LimitAsText_IsExactTo28DigitsOrNone(string text, string? expected) =>
        One(4, minimum: text)!.MinPrice?.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(expected);

    [Fact]
    public void StepThatNoDecimalHolds_LeavesTheMarketOut() => One(4, precision: "1e-40").ShouldBeNull();

    [Fact]
    public void NoPrecision_AllowsEveryValue() => One(4, precision: "")!.PriceIncrements.IncrementAt(1).ShouldBeNull();

    [Fact]
    public void LinearContract_IsCountedInBase()
    {
        var market = One(4, precision: "1", type: "\"swap\",\"linear\":true,\"contractSize\":\"0.01\"")!;

        market.QuantityIncrements.IncrementAt(1).ShouldBe(0.01m);
        market.Kind.ShouldBe("swap");
    }

    [Theory]
    [InlineData("\"swap\",\"linear\":false,\"contractSize\":\"100\"")]
    [InlineData("\"option\",\"linear\":true")]
    public void InverseContractOrOption_IsLeftOut(string type) => One(4, type: type).ShouldBeNull();

    [Theory]
    [InlineData("\"linear\",\"inverse\"", "swap,future")]
    [InlineData("\"swap\",\"contract\"", "swap,future")]
    [InlineData("\"spot\"", "spot")]
    [InlineData("\"inverse\",\"option\"", "")]
    public void MissingKinds_AreThoseOfOurMarkets(string missing, string kinds) =>
        string.Join(',', CcxtMarketParser.Parse($$"""{"exchange":"x","precisionMode":4,"missing":[{{missing}}],"items":[]}""").Missing)
            .ShouldBe(kinds);

    [Fact]
    public void UnknownMode_IsAnError() => Should.Throw<FormatException>(() => One(7)).Message.ShouldContain('7');

    private static Market? One(
        int mode,
        string exchange = "x",
        string precision = "0.01",
        string minimum = "\"1\"",
        string type = "\"spot\""
    ) =>
        CcxtMarketParser
            .Parse(
                $$$"""
                {"exchange":"{{{exchange}}}","precisionMode":{{{mode}}},"missing":[],"items":[{"id":"AB","symbol":"A/B","base":"A","quote":"B",
                 "type":{{{type}}},"active":true,"precision":{"price":"{{{precision}}}","amount":"{{{precision}}}"},
                 "limits":{"price":{"min":{{{minimum}}} },"amount":{},"cost":{},"market":{} } } ] }
                """
            )
            .Markets.SingleOrDefault();
}
