using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;
using ExEngine.Web.Components.Pages.Orders;
using Shouldly;
using Xunit;

namespace ExEngine.Tests.Orders.Placement;

/// <summary>What the ticket computes while it is typed.</summary>
public sealed class TicketArithmeticTests
{
    private static readonly Market Ether = PaperMarkets.All.Single(m => m.Symbol == "ETH/USDT");

    [Theory]
    [InlineData(OrderType.Limit, OrderSide.Buy, "106.05", null, "5")]
    [InlineData(OrderType.Limit, OrderSide.Buy, "101", null, null)]
    [InlineData(OrderType.Limit, OrderSide.Buy, "90", null, null)]
    [InlineData(OrderType.Limit, OrderSide.Sell, "90", null, "10")]
    [InlineData(OrderType.Limit, OrderSide.Sell, "100", null, null)]
    [InlineData(OrderType.Limit, OrderSide.Buy, "9999999999999999999999999999", null, "1000000")]
    [InlineData(OrderType.StopLimit, OrderSide.Buy, "121", "110", "10")]
    [InlineData(OrderType.StopLimit, OrderSide.Sell, "72", "80", "10")]
    [InlineData(OrderType.Market, OrderSide.Buy, null, null, null)]
    [InlineData(OrderType.Stop, OrderSide.Buy, null, "110", null)]
    public void Limit_IsMeasuredAgainstTheOtherSideOfTheMarketOrItsStop(
        OrderType type,
        OrderSide side,
        string? price,
        string? stop,
        string? percent
    )
    {
        var order = new OrderInput
        {
            Type = type,
            Side = side,
            Price = Number(price),
            StopPrice = Number(stop),
        };

        LimitDistance.Through(order, bid: 100, ask: 101, last: 100.5m).ShouldBe(Number(percent));
        LimitDistance.Through(order with { StopPrice = null }, null, null, null).ShouldBeNull();
    }

    [Theory]
    [InlineData("100", "50000", "49000", "0.1000")]
    [InlineData("100", "49000", "50000", "0.1000")]
    [InlineData("33.33", "3000", "2990.01", "3.3363")]
    [InlineData("100", "50000", "50000", null)]
    [InlineData("0", "50000", "49000", null)]
    [InlineData("9999999999999999999999999999", "0.00000002", "0.00000001", null)]
    public void QuantityByRisk_LosesTheRiskAtTheStop(string risk, string entry, string stop, string? quantity) =>
        RiskSize
            .Quantity(Number(risk)!.Value, Number(entry)!.Value, Number(stop)!.Value, Increments.Tick(0.0001m))
            .ShouldBe(Number(quantity));

    [Fact]
    public void TotalThatWasTypedLast_MakesTheQuantityFollow()
    {
        var model = Model();
        (model.Total, model.TotalCounts) = ("50", true);

        Look(model, last: 2_500m).Input.Quantity.ShouldBe(0.02m);

        (model.Quantity, model.Total).ShouldBe(("0.0200", "50"));
        model.Total = "0,5";
        Look(model, last: 2_500m).CanPlace.ShouldBeFalse();
        (model.Quantity, model.Total).ShouldBe((null, "0,5"));
    }

    [Fact]
    public void QuantityThatWasTypedLast_MakesTheTotalFollowEachPrice()
    {
        var model = Model();
        model.Quantity = "0.02";

        Look(model, last: 2_500m);
        model.Total.ShouldBe("50.00");
        Look(model, last: 2_501m);
        model.Total.ShouldBe("50.02");
        Look(model, last: null);
        (model.Quantity, model.Total).ShouldBe(("0.02", null));
    }

    [Theory]
    [InlineData("9999999999999999999999999999", false)]
    [InlineData("9999999999999999999999999999", true)]
    [InlineData("0.0000000000000000000000000001", true)]
    public void NumbersOfAnySize_AreRefusedAndNeverFail(string number, bool isTotal)
    {
        var model = Model();
        (model.Type, model.Price) = (OrderType.Limit, isTotal ? "0.00000001" : number);
        (model.Quantity, model.Total, model.TotalCounts) = (number, number, isTotal);

        Look(model, last: 2_500m).CanPlace.ShouldBeFalse();
    }

    private static TicketModel Model() => new() { AccountId = Guid.NewGuid(), Symbol = "ETH/USDT" };

    private static TicketPreview Look(TicketModel model, decimal? last)
    {
        var numbers = new Web.Components.Parts.Values.NumberFields();
        var preview = TicketPreview.Of(model.Input(numbers), numbers, Ether, last);
        model.Follow(preview, Ether);
        return preview;
    }

    private static decimal? Number(string? text) => Core.Text.TypedNumber.Read(text, Core.Text.NumberFormat.Point).Value;
}
