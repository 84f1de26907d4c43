using ExEngine.Core.Positions;
using ExEngine.Tests.Markets;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Positions.Fills;

namespace ExEngine.Tests.Positions;

public sealed class PositionMathTests
{
    [Fact]
    public void FeeInBase_LeavesLessToSellForTheSameMoney()
    {
        var held = Count(Buy(1, 1m, 100m, 0.001m, "BTC"));

        held.Quantity.ShouldBe(0.999m);
        held.EntryCost.ShouldBe(100m);
        held.AverageEntry.ShouldBe(100m / 0.999m);
        held.Fees.ShouldBe(new Dictionary<string, decimal> { ["BTC"] = 0.001m });
    }

    [Fact]
    public void FeeInQuote_RaisesTheCostAndLowersTheProfit()
    {
        var held = Count(Buy(1, 2m, 100m, 0.2m, "USDT"), Sell(2, 1m, 110m, 0.11m, "USDT"));

        held.Quantity.ShouldBe(1m);
        held.EntryCost.ShouldBe(100.1m);
        held.RealizedProfit.ShouldBe(110m - 0.11m - 100.1m);
        held.Fees["USDT"].ShouldBe(0.31m);
    }

    [Fact]
    public void FeeInAThirdAsset_IsKeptApart()
    {
        var held = Count(Buy(1, 1m, 100m, 0.0003m, "BNB"), Sell(2, 1m, 110m, 0.0002m, "BNB"));

        held.RealizedProfit.ShouldBe(10m);
        held.Fees.ShouldBe(new Dictionary<string, decimal> { ["BNB"] = 0.0005m });
    }

    [Fact]
    public void ThirdsOfACost_AddUpToItExactly()
    {
        var fills = new[] { Buy(1, 3m, 100m / 3m), Sell(2, 1m, 40m), Sell(3, 1m, 40m), Sell(4, 1m, 40m) };
        var replay = PositionMath.Of("BTC", "USDT", fills);

        replay.Holding.EntryCost.ShouldBe(0);
        replay.Holding.RealizedProfit.ShouldBe(120m - fills[0].Cost);
        replay.Profits.Values.Sum().ShouldBe(replay.Holding.RealizedProfit);
    }

    [Theory]
    [InlineData("10", "1", "3", "3.3333333333333333")]
    [InlineData("20", "1", "3", "6.6666666666666667")]
    [InlineData("0.0000000000000001", "1", "2", "0")]
    [InlineData("0.0000000000000003", "1", "2", "0.0000000000000002")]
    [InlineData("0.00000000000000000001", "1", "3", "0")]
    [InlineData("-20", "1", "3", "-6.6666666666666667")]
    [InlineData("7922816251426433759354395033", "1", "3", "2640938750475477919784798344.3")]
    public void Share_IsRoundedOnceHalfToEvenAt16Decimals(string amount, string part, string whole, string share) =>
        Proportion.Of(Number(amount), Number(part), Number(whole)).ShouldBe(Number(share));

    [Fact]
    public void SoldBeyondWhatWasBought_IsUntrackedAndNobodysProfit()
    {
        var held = Count(Buy(1, 1m, 100m), Sell(2, 4m, 110m));

        held.Quantity.ShouldBe(0);
        held.SoldFromOutside.ShouldBe(3m);
        held.RealizedProfit.ShouldBe(10m);
        held.ClosedAt.ShouldBe(Start.AddSeconds(2));
    }

    [Fact]
    public void SameTradeTwice_CountsOnce()
    {
        var once = Count(Buy(1, 1m, 100m));
        var fill = Buy(1, 1m, 100m);

        Count(fill, fill).ShouldBeEquivalentTo(once);
        PositionMath.Apply(once, fill).After.ShouldBe(once);
    }

    [Fact]
    public void OrderOfArrival_DoesNotMatterToAReplay()
    {
        Fill[] fills = [Buy(1, 1m, 100m), Sell(2, 0.5m, 120m), Buy(10, 1m, 90m), Sell(11, 1.5m, 130m)];

        Count([.. fills.Reverse()]).ShouldBeEquivalentTo(Count(fills));
    }

    [Fact]
    public void OlderFill_NeedsReplay()
    {
        var position = new Position
        {
            Symbol = "BTC/USDT",
            Base = "BTC",
            Quote = "USDT",
        };
        PositionMath.NeedsReplay(position, Buy(1, 1m, 1m)).ShouldBeFalse();

        Count(Buy(9, 1m, 100m)).WriteTo(position);

        PositionMath.NeedsReplay(position, Buy(8, 1m, 1m)).ShouldBeTrue();
        PositionMath.NeedsReplay(position, Buy(10, 1m, 1m)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("9", "10")]
    [InlineData("99999999999999999999999", "100000000000000000000000")]
    [InlineData("10", "1a")]
    [InlineData("a9", "b10")]
    public void TradesOfOneInstant_CountByNumberElseByCharacters(string first, string second)
    {
        var (one, two) = (Buy(1, 1m, 1m), Buy(1, 1m, 1m));
        (one.ExchangeTradeId, two.ExchangeTradeId) = (first, second);

        FillOrder.Instance.Compare(one, two).ShouldBeLessThan(0);
        FillOrder.Instance.Compare(two, one).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void RestThatCannotBeSold_ClosesTheRoundAndGoesWithTheNextSell()
    {
        Fill[] fills =
        [
            Buy(1, 0.001m, 60000m, 0.000001m, "BTC"),
            Sell(2, 0.00099m, 61000m),
            Buy(3, 0.001m, 60000m),
            Sell(4, 0.001m, 60500m),
        ];
        var market = MarketsOf.BtcUsdt;

        var dust = PositionMath.Of("BTC", "USDT", fills[..2], market).Holding;
        var second = PositionMath.Of("BTC", "USDT", fills, market).Holding;

        dust.Quantity.ShouldBe(0.000009m);
        dust.OpenedAt.ShouldBeNull();
        dust.ClosedAt.ShouldBe(Start.AddSeconds(2));
        dust.RoundTripProfit.ShouldBe(dust.RealizedProfit);
        second.Quantity.ShouldBe(0.000009m);
        second.RoundTripProfit.ShouldBe(second.RealizedProfit - dust.RealizedProfit);
        PositionMath.IsDust(0.000009m, market, 60000m).ShouldBeTrue();
        PositionMath.IsDust(0.00008m, market, 60000m).ShouldBeTrue();
        PositionMath.IsDust(0.00009m, market, 60000m).ShouldBeFalse();
        PositionMath.Sellable(0.000999m, market, 60000m).ShouldBe(0.00099m);
    }

    [Fact]
    public void FeeThatEatsAllThatWasBought_IsALoss()
    {
        var held = Count(Buy(1, 1m, 100m, 1m, "BTC"));

        (held.Quantity, held.EntryCost, held.RealizedProfit).ShouldBe((0m, 0m, -100m));
    }

    [Fact]
    public void Row_HoldsAllOfIt()
    {
        var held = Count(Buy(1, 1m, 100m, 0.001m, "BTC"), Sell(2, 0.5m, 110m, 0.01m, "USDT"));
        var position = new Position
        {
            Symbol = "BTC/USDT",
            Base = "BTC",
            Quote = "USDT",
        };

        held.WriteTo(position);

        position.Fees.ShouldBe("""{"BTC":"0.001","USDT":"0.01"}""");
        Holding.Of(position).ShouldBeEquivalentTo(held with { Fees = new Dictionary<string, decimal>(held.Fees) });
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
