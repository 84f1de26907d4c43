using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Protection;

/// <summary>
/// The stop was hit and is not, or not any more, at the exchange: everything else ends, and what nothing locks is sold at once;
/// what comes free by that, after it.
/// </summary>
internal static class ProtectionExit
{
    public static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) Next(ProtectionLook look)
    {
        var (c, plan) = (look.Context, look.Plan);
        var others = c.Orders.Where(o =>
            o != look.Stop
            && !o.Status.IsFinal()
            && (o.Origin == OrderOrigin.Protection || (o.Side == OrderSide.Buy && plan.Signals.Contains(o.OriginId)))
        );
        var cancels = ProtectionLook.Cancel(others);
        var type = plan.StopLoss?.OrderType == OrderType.StopLimit ? OrderType.Limit : OrderType.Market;
        var quantity = look.Max(type, look.Free);
        if (look.Stop is not null || c.Now < look.State.RetryAt || quantity == 0)
        {
            return (cancels, plan);
        }

        // Coins that come free one after the other may be too few by themselves; only when they are all is that a problem.
        if (look.Ours > look.Free && PositionMath.IsDust(quantity, look.Market, look.Last))
        {
            return (cancels, plan);
        }

        var (acts, after) = ProtectionLegs.PlaceStop(look, plan, Draft(look, quantity), look.Last ?? look.State.Stop);
        return ([.. cancels, .. acts], after);
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
