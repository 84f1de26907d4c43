using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Protection;

/// <summary>
/// The stop was hit and is not, or not any more, at the exchange for all coins: everything else ends, and what nothing locks is sold at
/// once, in as many orders as the market's maximum takes; what comes free by that, after it.
/// </summary>
internal static class ProtectionExit
{
    public static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) Next(ProtectionLook look)
    {
        var (c, plan) = (look.Context, look.Plan);
        var others = c.Orders.Where(o =>
            !look.Stops.Contains(o)
            && !o.Status.IsFinal()
            && (o.Origin == OrderOrigin.Protection || (o.Side == OrderSide.Buy && plan.Signals.Contains(o.OriginId)))
        );
        IReadOnlyList<ProtectionAct> acts = ProtectionLook.Cancel(others);
        var type = plan.StopLoss?.OrderType == OrderType.StopLimit ? OrderType.Limit : OrderType.Market;
        if (c.Now < look.State.RetryAt)
        {
            return (acts, plan);
        }

        var price = look.Last ?? look.State.Stop;
        var free = look.Market.QuantityIncrements.Down(Math.Max(look.Free, 0));
        while (free > 0)
        {
            // Coins that come free one after the other may be too few by themselves; only when they are all is that a problem.
            if (look.Ours > look.Free && PositionMath.IsDust(free, look.Market, look.Last))
            {
                break;
            }

            var quantity = OrderMaximum.Part(free, look.Market, type, price);
            var (more, after) = ProtectionLegs.PlaceStop(look, plan, Draft(look, quantity), price);
            (acts, plan) = ([.. acts, .. more], after);
            if (more.Count == 0)
            {
                break;
            }

            free -= quantity;
        }

        return (acts, plan);
    }

    // A stop-limit keeps its promise not to sell below its limit; it rests there when the price is lower.
    private static OrderDraft Draft(ProtectionLook look, decimal quantity) =>
        look.Plan.StopLoss is { OrderType: OrderType.StopLimit } stop
            ? look.Sell(OrderType.Limit, quantity) with
            {
                Price = ProtectionPrices.Limit(stop, look.State.Stop!.Value, look.Market),
                TimeInForce = TimeInForce.GoodTillCancelled,
            }
            : look.Sell(OrderType.Market, quantity);
}
