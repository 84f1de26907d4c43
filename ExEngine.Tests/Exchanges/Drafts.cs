using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using Shouldly;

namespace ExEngine.Tests.Exchanges;

/// <summary>Orders to test with, and what is expected of refusals.</summary>
internal static class Drafts
{
    /// <summary>A market order, or a limit order when there is a price.</summary>
    public static OrderDraft Buy(decimal quantity, decimal? price = null) => Of(OrderSide.Buy, quantity, price);

    /// <summary>A market order, or a limit order when there is a price.</summary>
    public static OrderDraft Sell(decimal quantity, decimal? price = null) => Of(OrderSide.Sell, quantity, price);

    public static OrderDraft Stop(OrderSide side, decimal quantity, decimal stopPrice) =>
        new()
        {
            Side = side,
            Type = OrderType.Stop,
            Quantity = quantity,
            StopPrice = stopPrice,
        };

    public static void ShouldBeRefused<T>(this ExchangeResult<T> result, FaultKind kind)
    {
        result.Outcome.ShouldBe(ExchangeOutcome.Refused, result.Fault?.Message);
        result.Fault!.Kind.ShouldBe(kind, result.Fault.Message);
        result.Fault.Message.ShouldNotBeNullOrWhiteSpace();
    }

    private static OrderDraft Of(OrderSide side, decimal quantity, decimal? price) =>
        new()
        {
            Side = side,
            Type = price is null ? OrderType.Market : OrderType.Limit,
            Quantity = quantity,
            Price = price,
        };
}
