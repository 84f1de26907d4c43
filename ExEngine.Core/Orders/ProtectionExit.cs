using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Orders;

/// <summary>The stop was hit and is not, or not any more, at the exchange: everything else ends, and what is left is sold.</summary>
internal static class ProtectionExit
{
    public static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) Next(ProtectionLook look)
    {
        var (c, plan) = (look.Context, look.Plan);
        var others = c.Orders.Where(o => o != look.Stop && !o.Status.IsFinal()
            && (look.Live.Contains(o) || (o.Side == OrderSide.Buy && plan.Signals.Contains(o.OriginId)))).ToList();
        if (others.Exists(o => o.Side == OrderSide.Sell) || look.Stop is not null || c.Now < look.State.RetryAt)
        {
            return (ProtectionLook.Cancel(others), plan);
        }

        var type = plan.StopLoss?.OrderType == OrderType.StopLimit ? OrderType.Limit : OrderType.Market;
        var quantity = look.Most(type, look.Free);
        var cancels = ProtectionLook.Cancel(others);
        if (quantity == 0)
        {
            return (cancels, plan);
        }

        // Buys lock no coins: their end is asked for and not waited for.
        var (acts, after) = ProtectionLegs.PlaceStop(look, plan, Draft(look, quantity), look.Last ?? look.State.Stop);
        return ([.. cancels, .. acts], after);
    }

    // A stop-limit keeps its promise not to sell below its limit; it rests there when the price is lower.
    private static OrderDraft Draft(ProtectionLook look, decimal quantity) => look.Plan.StopLoss is { OrderType: OrderType.StopLimit } stop
        ? look.Sell(OrderType.Limit, quantity) with { Price = ProtectionPrices.Limit(stop, look.State.Stop!.Value, look.Market), TimeInForce = TimeInForce.GoodTillCancelled }
        : look.Sell(OrderType.Market, quantity);
}
