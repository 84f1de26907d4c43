using ExEngine.Core.Markets;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Markets;

public sealed class OrderRoundingTests
{
    private static readonly OrderDraft Draft = new()
    {
        Side = OrderSide.Buy,
        Type = OrderType.StopLimit,
        Price = 60000.105m,
        StopPrice = 59999.999m,
        Quantity = 0.001009m,
    };

    [Fact]
    public void BuyOffStep_GoesDownInPriceAndQuantity()
    {
        var rounded = OrderRounding.Round(Draft, MarketsOf.BtcUsdt);

        rounded.Draft.ShouldBe(Draft with { Price = 60000.10m, StopPrice = 59999.99m, Quantity = 0.00100m });
        rounded.Changes.ShouldBe([
            new("price", "60000.105", "60000.10"),
            new("stopPrice", "59999.999", "59999.99"),
            new("quantity", "0.001009", "0.00100"),
        ]);
        OrderValidator.Check(rounded.Draft, MarketsOf.BtcUsdt, null).Order.ShouldNotBeNull();
    }

    [Fact]
    public void SellOffStep_GoesUpInPriceAndDownInQuantity()
    {
        var rounded = OrderRounding.Round(Draft with { Side = OrderSide.Sell }, MarketsOf.BtcUsdt).Draft;

        (rounded.Price, rounded.StopPrice, rounded.Quantity).ShouldBe((60000.11m, 60000.00m, 0.001m));
    }

    [Fact]
    public void DraftOnItsSteps_IsReturnedAsItIs()
    {
        var draft = Draft with { Price = 1m, StopPrice = null, Quantity = 2m, Cost = 5m };

        var rounded = OrderRounding.Round(draft, MarketsOf.BtcUsdt);

        rounded.Draft.ShouldBeSameAs(draft);
        rounded.Changes.ShouldBeEmpty();
    }

    [Fact]
    public void CostThatAgreed_FollowsTheRoundedNumbers()
    {
        var rounded = OrderRounding.Round(Draft with { StopPrice = null, Cost = 60000.105m * 0.001009m }, MarketsOf.BtcUsdt);

        rounded.Draft.Cost.ShouldBe(60.0001m);
        rounded.Changes[^1].Field.ShouldBe("cost");
        OrderValidator.Check(rounded.Draft, MarketsOf.BtcUsdt, null).Order.ShouldNotBeNull();
    }

    [Fact]
    public void CostThatDisagreed_IsLeftForTheValidatorToRefuse()
    {
        var rounded = OrderRounding.Round(Draft with { StopPrice = null, Cost = 70m }, MarketsOf.BtcUsdt);

        rounded.Draft.Cost.ShouldBe(70m);
        OrderValidator.Check(rounded.Draft, MarketsOf.BtcUsdt, null).Refusal!.Code.ShouldBe(RefusalCodes.AmountsDisagree);
    }

    [Fact]
    public void QuantityUnderOneStep_BecomesZeroAndIsRefused()
    {
        var rounded = OrderRounding.Round(Draft with { Quantity = 0.000001m }, MarketsOf.BtcUsdt);

        OrderValidator.Check(rounded.Draft, MarketsOf.BtcUsdt, null).Refusal!.Code.ShouldBe(RefusalCodes.QuantityTooLow);
    }
}
