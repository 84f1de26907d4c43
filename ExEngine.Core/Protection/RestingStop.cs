using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Protection;

/// <summary>The stop-loss rests at the exchange for all that is held; take-profits are watched.</summary>
internal static class RestingStop
{
    public static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) Next(ProtectionLook look)
    {
        // Left from before there was a stop.
        var resting = look.Live.Where(o => o != look.Stop && o.TimeInForce == TimeInForce.GoodTillCancelled).ToList();
        if (resting.Count > 0)
        {
            return (ProtectionLook.Cancel(resting), look.Plan);
        }

        var due = Due(look);
        var needed = due.Sum(p => p.Quantity);
        if (needed > look.Free && look.Stop is { } inTheWay)
        {
            // One that has begun to sell was hit: the take-profit is over.
            return (inTheWay.FilledQuantity > 0 ? [] : ProtectionLook.Cancel([inTheWay]), look.Plan);
        }

        var acts = new List<ProtectionAct>();
        var plan = look.Plan;
        var placed = 0m;
        foreach (var part in due.Where(p => p.Quantity <= look.Free - placed))
        {
            (var more, plan) = ProtectionLegs.PlaceTakeProfit(look, plan, part, look.TakeProfitDraft(part, TimeInForce.ImmediateOrCancel));
            acts.AddRange(more);
            placed += more.Count > 0 ? part.Quantity : 0;
        }

        var (stop, after) = Stop(look, plan, look.Free + (look.Stop?.Remaining ?? 0) - placed);
        return ([.. acts, .. stop], after);
    }

    /// <summary>While other orders are under way: coins that none of them locks get their stop all the same.</summary>
    public static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) Meanwhile(ProtectionLook look)
    {
        var cancels = ProtectionLook.Cancel(look.Strangers);
        if (!look.StopRests || look.Stop is not null || PositionMath.IsDust(Math.Max(look.Free, 0), look.Market, look.State.Stop))
        {
            return (cancels, look.Plan);
        }

        var (acts, plan) = Stop(look, look.Plan, look.Free);
        return ([.. cancels, .. acts], plan);
    }

    private static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) Stop(ProtectionLook look, ProtectionPlan plan, decimal quantity)
    {
        if (plan.State.Stop is not { } level)
        {
            return ([], plan);
        }

        var stop = plan.StopLoss!;
        quantity = look.Max(stop.OrderType, quantity);
        if (look.Stop is { } resting)
        {
            var isRight = resting.FilledQuantity > 0 || (resting.Remaining == quantity && resting.StopPrice == level);
            return (isRight ? [] : ProtectionLook.Cancel([resting]), plan);
        }

        if (quantity == 0 || look.Context.Now < plan.State.RetryAt)
        {
            return ([], plan);
        }

        var draft = look.Sell(stop.OrderType, quantity) with { StopPrice = level };
        return ProtectionLegs.PlaceStop(
            look,
            plan,
            stop.OrderType == OrderType.StopLimit
                ? draft with
                {
                    Price = ProtectionPrices.Limit(stop, level, look.Market),
                    TimeInForce = TimeInForce.GoodTillCancelled,
                }
                : draft,
            level
        );
    }

    // Those whose price is bid. When what they leave could not be sold by a stop, they take it along.
    private static List<TakeProfitPart> Due(ProtectionLook look)
    {
        if (look.Bid is not { } bid || look.Plan.TakeProfits.Any(t => t.Leg is not null))
        {
            return [];
        }

        var due = look.Parts().Where(p => p.Price <= bid && !(look.Context.Now < look.Plan.TakeProfits[p.Index].RetryAt)).ToList();
        var all = look.Market.QuantityIncrements.Down(Math.Max(look.Ours, 0));
        var rest = all - due.Sum(p => p.Quantity);
        if (due is [.., var last] && rest > 0 && PositionMath.IsDust(rest, look.Market, look.State.Stop))
        {
            due[^1] = last with { Quantity = last.Quantity + rest };
        }

        return due;
    }
}
