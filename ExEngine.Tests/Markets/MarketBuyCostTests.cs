using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Markets;

public sealed class MarketBuyCostTests
{
    private static readonly Market Market = MarketsOf.BtcUsdt with { CostIncrements = Increments.Tick(0.01m) };

    [Theory]
    [InlineData("0.01", "60000", "600")]
    [InlineData("0.00123", "60000.17", "73.8")] // 73.8002091
    [InlineData("0.00123", "60000.99", "73.8")] // 73.8012177
    [InlineData("0.33333", "59999.99", "19999.79")] // 19999.7966667
    public void Cost_IsQuantityTimesPrice_CutToItsStep(string quantity, string price, string cost) =>
        Of(Number(quantity), Number(price)).ShouldBe((Number(cost), null));

    [Fact]
    public void ProductWithMoreDigitsThanADecimalHolds_IsNeverAbove()
    {
        var market = Market with { CostIncrements = Increments.Any, MaxNotional = null };
        var (quantity, price) = (1234.000000000000000001m, 0.999999999999999999m);

        var (cost, refusal) = MarketBuyCost.Of(Buy(quantity), market, price);

        refusal.ShouldBeNull();
        ExactCost.Of(cost!.Value).CompareTo(ExactCost.Of(price, quantity)).ShouldBeLessThanOrEqualTo(0);
        ExactCost.Of(cost.Value * 1.000000000000000000000001m).CompareTo(ExactCost.Of(price, quantity)).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public void NoPrice_IsRefusedWithItsCode(int? price)
    {
        var (cost, refusal) = MarketBuyCost.Of(Buy(1m), Market, price);

        cost.ShouldBeNull();
        (refusal!.Code, refusal.Field).ShouldBe((RefusalCodes.PriceUnknown, "cost"));
    }

    [Fact]
    public void Limits_HoldForTheCostThatIsSent()
    {
        // 5.00499 reaches the minimum of 5.004 and what is left of it when it is cut does not.
        var refusal = MarketBuyCost.Of(Buy(0.00500499m), Market with { MinNotional = 5.004m }, 1_000m).Refusal!;
        (refusal.Code, refusal.Asked, refusal.Limit).ShouldBe((RefusalCodes.CostTooLow, "5", "5.004"));
        MarketBuyCost.Of(Buy(200m), Market, 60_000m).Refusal!.Code.ShouldBe(RefusalCodes.CostTooHigh);
        MarketBuyCost
            .Of(Buy(0.00001m), Market with { MinNotional = null, CostIncrements = Increments.Tick(1m) }, 60_000m)
            .Refusal!.Code.ShouldBe(RefusalCodes.CostTooLow);
    }

    [Fact]
    public void CostThatWasStated_StaysAsItIs() =>
        MarketBuyCost.Of(Buy(null) with { Cost = 12.3456m }, Market, null).ShouldBe((12.3456m, null));

    private static (decimal? Cost, OrderRefusal? Refusal) Of(decimal quantity, decimal price) =>
        MarketBuyCost.Of(Buy(quantity), Market, price);

    private static OrderDraft Buy(decimal? quantity) =>
        new()
        {
            Side = OrderSide.Buy,
            Type = OrderType.Market,
            Quantity = quantity,
        };

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
