using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Orders.Placement;

/// <summary>Why an order cannot even be checked, and why a person may not have as much as is asked.</summary>
internal static class OrderServiceRefusals
{
    public static OrderRefusal PriceUnknown { get; } =
        new(
            RefusalCodes.PriceUnknown,
            "cost",
            null,
            null,
            [],
            "There is no price now to turn the cost into a quantity; state the quantity, or try again."
        );

    public static OrderRefusal NotHeld(Market market, decimal asked, decimal most) =>
        TooMuch(
            RefusalCodes.NotHeld,
            asked,
            most,
            $"{ExactJson.Text(asked)} {market.Base} are to be sold reduce-only, and the positions in {market.Symbol} hold {ExactJson.Text(most)} that no other order sells{(most > 0 ? "; send that or less" : "")}."
        );

    /// <summary>A quantity above what there is, which is the nearest allowed.</summary>
    public static OrderRefusal TooMuch(string code, decimal asked, decimal most, string message) =>
        new(code, "quantity", ExactJson.Text(asked), ExactJson.Text(most), most > 0 ? [ExactJson.Text(most)] : [], message);

    public static OrderRefusal NotOpen(Order order) =>
        new(
            OrderCodes.NotChangeable,
            "status",
            order.Status.ToString(),
            null,
            [],
            order.Type != OrderType.Limit ? "Only limit orders can be changed; cancel it and place another."
                : order.Origin == OrderOrigin.Protection ? "It belongs to the position's protection; change that instead."
                : order is { Origin: OrderOrigin.Signal, Effect: Effect.Reduce }
                    ? "It sells for a webhook's exit, which is followed until it is done; cancel it, or close the position."
                : order.CancelRequestedAt is not null && !order.Status.IsFinal()
                    ? "Its cancel is under way; wait for it, and place another."
                : order.Status.IsFinal() ? "It is over, so there is nothing to change; place another."
                : "It is being sent, and cannot be changed before the exchange has answered; try again in a moment."
        );

    public static OrderRefusal NoPostOnly(string exchange) =>
        new(
            FaultCodes.NotSupported,
            "postOnly",
            null,
            null,
            [],
            $"{exchange} takes no post-only orders through this product; leave that out, and set the limit away from the market."
        );

    public static OrderRefusal Executed(Order order, decimal asked, string unit) =>
        new(
            OrderCodes.ExecutedAlready,
            "quantity",
            Text(asked),
            Text(order.FilledQuantity),
            [],
            $"{Text(order.FilledQuantity)} {unit} of it are executed already; state more than that altogether, or cancel the rest."
        );

    public static OrderRefusal TooLittleFree(decimal more, decimal free, string asset) =>
        new(
            RefusalCodes.InsufficientFunds,
            "quantity",
            Text(more),
            Text(free),
            [],
            $"The change needs {Text(more)} {asset} more than the order has set aside, and {Text(free)} are free; the order stays as it is."
        );

    public static OrderRefusal RulesUnknown(string exchange) =>
        new(
            RefusalCodes.MarketsUnavailable,
            "symbol",
            null,
            null,
            [],
            $"The rules of {exchange} cannot be read now, and nothing is sent unchecked. Try again when it answers."
        );

    private static string Text(decimal number) => ExactJson.Text(IncrementMath.Shortest(number));
}
