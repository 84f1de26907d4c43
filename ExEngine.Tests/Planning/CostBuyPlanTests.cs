using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Tests.Markets;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Planning.Plans;

namespace ExEngine.Tests.Planning;

/// <summary>Where market buys are sent by their cost, the price that it is counted with is one of the market.</summary>
public sealed class CostBuyPlanTests
{
    [Theory]
    [InlineData("bitget")]
    [InlineData("bybit")] // some of its accounts
    public void MarketBuy_IsPlannedWithAPriceOfNow_NotWithTheOneThatTheSenderSaw(string exchange)
    {
        var seen = Of(Buy with { Price = 500m, SignalPrice = 500m }) with { Market = MarketsOf.BtcUsdt with { Exchange = exchange } };

        Needed(seen).ShouldBe(PlanNeed.Price);
        Placed(seen with { Price = At50000 }).ReferencePrice.ShouldBe(50_000m);
    }

    [Fact]
    public void OtherOrders_NeedNone()
    {
        var market = MarketsOf.BtcUsdt with { Exchange = "bitget" };

        Placed(Of(Buy) with { Market = MarketsOf.BtcUsdt }).ReferencePrice.ShouldBeNull();
        Placed(Of(Buy with { OrderType = OrderType.Limit, Price = 49_000m }) with { Market = market }).ReferencePrice.ShouldBe(49_000m);
    }
}
