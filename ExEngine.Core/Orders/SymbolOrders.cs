using ExEngine.Core.Markets;

namespace ExEngine.Core.Orders;

/// <summary>What the orders of one account and symbol mean for its coins. Amounts in base.</summary>
public static class SymbolOrders
{
    /// <summary>
    /// What a sell order has sold of the position that is not counted there yet: its fills are still to be read.
    /// </summary>
    public static decimal Uncounted(this Order order) => Math.Max(order.FilledQuantity - order.BookedQuantity, 0);

    /// <summary>
    /// What sell orders that are not over, or those that will take their place, may still sell: nothing else can be done with these coins.
    /// </summary>
    public static decimal Locked(this IEnumerable<Order> orders) =>
        orders
            .Where(o => o.Side == OrderSide.Sell && !o.Status.IsFinal())
            .Sum(o => Math.Max(Math.Max(o.Quantity, o.ReplaceQuantity ?? 0) - o.FilledQuantity, 0));

    /// <summary>It is sent, or about to be, and nobody has asked for its end yet; or only to place it anew.</summary>
    public static bool MayBeCancelled(this Order order) =>
        !order.Status.IsFinal() && (order.CancelRequestedAt is null || order.IsBeingReplaced);
}
