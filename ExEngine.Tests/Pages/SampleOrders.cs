using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Pages;

/// <summary>Orders in every state, long values among them.</summary>
internal static class SampleOrders
{
    /// <returns>By state; the filled one comes from <paramref name="signal"/>.</returns>
    public static async Task<IReadOnlyDictionary<OrderStatus, Guid>> AddAsync(OrderRows rows, Guid? signal = null)
    {
        await rows.AddAsync(Enumerable.Repeat<Action<Order>>(Filled, 12));
        Action<Order>[] changes =
        [
            o => o.Status = OrderStatus.Planned,
            o => o.Status = OrderStatus.Submitting,
            o =>
                (o.Status, o.Code, o.Reason) = (
                    OrderStatus.Denied,
                    "order_value_too_high",
                    "The value 60,000 USDT is above this account's limit of 5,000."
                ),
            o => (o.Status, o.Type, o.Price, o.Symbol, o.Quantity) = (OrderStatus.Unknown, OrderType.Market, null, "ETH/USDT", 1.2500m),
            o => o.Status = OrderStatus.NeedsOperator,
            o =>
                (o.Status, o.Type, o.Side, o.Price, o.StopPrice, o.ReduceOnly) = (
                    OrderStatus.Open,
                    OrderType.Stop,
                    OrderSide.Sell,
                    null,
                    58000.00m,
                    true
                ),
            o =>
                (o.Status, o.Quantity, o.FilledQuantity, o.ExecutedCost) = (OrderStatus.PartiallyFilled, 0.40000m, 0.10211m, 6126.6102110m),
            o => (o.Status, o.CancelRequestedAt) = (OrderStatus.CancelPending, o.CreatedAt),
            o =>
                (o.Status, o.Symbol, o.Side, o.Quantity, o.Price) = (
                    OrderStatus.Canceled,
                    "SHIB/USDT",
                    OrderSide.Sell,
                    1_250_000_000m,
                    0.00001234m
                ),
            o => (o.Status, o.TimeInForce) = (OrderStatus.Expired, TimeInForce.ImmediateOrCancel),
            o => (o.Status, o.Code, o.Reason) = (OrderStatus.Rejected, "-2010", "Account has insufficient balance for requested action."),
            o => o.Status = OrderStatus.NotPlaced,
            o =>
            {
                Filled(o);
                if (signal is { } id)
                {
                    (o.Origin, o.OriginId) = (OrderOrigin.Signal, id);
                }
            },
        ];
        var states = new List<OrderStatus>();
        var ids = await rows.AddAsync(
            changes.Select<Action<Order>, Action<Order>>(change =>
                order =>
                {
                    change(order);
                    states.Add(order.Status);
                }
            )
        );
        return states.Zip(ids).ToDictionary(p => p.First, p => p.Second);
    }

    private static void Filled(Order order)
    {
        (order.Status, order.Type, order.Price, order.FilledQuantity, order.ExecutedCost) = (
            OrderStatus.Filled,
            OrderType.Market,
            null,
            0.01m,
            600.1540m
        );
        order.Rounded = """[{"field":"quantity","asked":"0.010004","sent":"0.01000"}]""";
    }
}
