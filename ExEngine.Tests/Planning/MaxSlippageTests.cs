using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Tests.Positions;
using Shouldly;
using Xunit;
using static ExEngine.Tests.Planning.Plans;

namespace ExEngine.Tests.Planning;

/// <summary>A market entry with a maximum slippage is one that is executed at once up to a price, or not.</summary>
public sealed class MaxSlippageTests
{
    [Fact]
    public void MarketEntry_IsALimitThatIsExecutedAtOnceOrNot()
    {
        Needed(Of(Buy) with { MaxSlippage = 0.5m }).ShouldBe(PlanNeed.Price);

        var placed = Placed(Of(Buy) with { MaxSlippage = 0.5m, Price = At50000 });

        (placed.Draft.Type, placed.Draft.Price, placed.Draft.TimeInForce).ShouldBe(
            (OrderType.Limit, 50_250m, TimeInForce.ImmediateOrCancel)
        );
        placed.ReferencePrice.ShouldBe(50_000m, "Slippage is measured from the market, not from the limit.");
        placed.Note.ShouldBe("Bought at no more than 50250, which is 0.5 % above 50000.");
    }

    [Fact]
    public void TheAsk_IsWhatItIsMeasuredFrom()
    {
        var ticker = new Ticker("BTC/USDT", 50_000m, Bid: 49_999m, Ask: 50_010.01m, Fills.Start);

        Placed(Of(Buy) with { MaxSlippage = 0.01m, Price = ticker }).Draft.Price.ShouldBe(50_015.01m, "On the tick, never above.");
    }

    [Fact]
    public void LimitOrders_StayAsTheyAre()
    {
        var limit = Placed(Of(Buy with { OrderType = OrderType.Limit, Price = 49_000m }) with { MaxSlippage = 0.5m, Price = At50000 });

        (limit.Draft.Price, limit.Draft.TimeInForce, limit.Note).ShouldBe((49_000m, null, null));
    }

    [Fact]
    public void Exits_HaveNone() =>
        Placed(Of(Exit, held: 1) with { MaxSlippage = 0.01m, Price = At50000 }).Draft.Type.ShouldBe(OrderType.Market);
}
