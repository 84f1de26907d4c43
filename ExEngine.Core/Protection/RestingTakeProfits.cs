using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Protection;

/// <summary>Take-profits rest at the exchange, with a part of the coins each; a stop-loss, if there is one, is watched.</summary>
internal static class RestingTakeProfits
{
    public static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) Next(ProtectionLook look)
    {
        var parts = look.Parts();
        var wrong = look.Live.Where(o => o.Type is not OrderType.Market && !IsRight(look, o, parts)).ToList();
        if (wrong.Count > 0)
        {
            return (ProtectionLook.Cancel(wrong), look.Plan);
        }

        var acts = new List<ProtectionAct>();
        var plan = look.Plan;
        var free = look.Free;
        foreach (var part in parts.Where(p => look.Plan.TakeProfits[p.Index].Leg is null && p.Quantity <= free && IsTime(look, p)))
        {
            (var more, plan) = ProtectionLegs.PlaceTakeProfit(look, plan, part, look.TakeProfitDraft(part, TimeInForce.GoodTillCancelled));
            acts.AddRange(more);
            free -= more.Count > 0 ? part.Quantity : 0;
        }

        return (acts, plan);
    }

    // One that has begun to sell as a stop is left to it.
    private static bool IsRight(ProtectionLook look, Order order, IReadOnlyList<TakeProfitPart> parts) =>
        look.Stops.Contains(order)
            ? order.FilledQuantity > 0
            : parts.Any(p =>
                look.Plan.TakeProfits[p.Index].Leg == order.Leg
                && order.Remaining == look.TakeProfitDraft(p, TimeInForce.GoodTillCancelled).Quantity
                && order.Price == p.Price
            );

    // One at market waits until its price is bid.
    private static bool IsTime(ProtectionLook look, TakeProfitPart part)
    {
        var step = look.Plan.TakeProfits[part.Index];
        return !(look.Context.Now < step.RetryAt) && (step.OrderType != OrderType.Market || look.Bid >= part.Price);
    }
}
