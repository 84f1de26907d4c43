using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Protection;

/// <summary>
/// The stop-loss rests at the exchange for all that is held, in several orders where one may not sell so much; take-profits are watched.
/// </summary>
internal static class RestingStop
{
    // Exchanges keep few stops of a symbol (Binance 5): what these do not sell is watched here.
    private const int MaxStops = 4;

    public static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) Next(ProtectionLook look)
    {
        // Left from before there was a stop.
        var resting = look.Live.Where(o => !look.Stops.Contains(o) && o.TimeInForce == TimeInForce.GoodTillCancelled).ToList();
        if (resting.Count > 0)
        {
            return (ProtectionLook.Cancel(resting), look.Plan);
        }

        var due = Due(look);
        var needed = due.Sum(p => p.Quantity);
        if (needed > look.Free && look.Stops.Count > 0)
        {
            // One that has begun to sell was hit: the take-profit is over.
            return (look.Stops.Any(o => o.FilledQuantity > 0) ? [] : ProtectionLook.Cancel(look.Stops), look.Plan);
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

        var (stop, after) = Stop(look, plan, look.Free - placed);
        return ([.. acts, .. stop], after);
    }

    /// <summary>While other orders are under way: coins that none of them locks get their stop all the same.</summary>
    public static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) Meanwhile(ProtectionLook look)
    {
        var cancels = ProtectionLook.Cancel(look.Strangers);
        if (!look.StopRests || look.Stops.Count > 0 || PositionMath.IsDust(Math.Max(look.Free, 0), look.Market, look.State.Stop))
        {
            return (cancels, look.Plan);
        }

        var (acts, plan) = Stop(look, look.Plan, look.Free);
        return ([.. cancels, .. acts], plan);
    }

    /// <summary>Cancels the stops that are wrong, and places those that are missing.</summary>
    /// <param name="free">In base: what nothing locks, and no take-profit is about to.</param>
    private static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) Stop(ProtectionLook look, ProtectionPlan plan, decimal free)
    {
        if (plan.State.Stop is not { } level || look.Stops.Any(o => o.FilledQuantity > 0))
        {
            return ([], plan);
        }

        var stop = plan.StopLoss!;
        var price = stop.OrderType == OrderType.StopLimit ? ProtectionPrices.Limit(stop, level, look.Market) : level;
        var missing = Sizes(look, stop.OrderType, price, free + look.Stops.Sum(o => o.Remaining));
        var wrong = look.Stops.Where(o => o.StopPrice != level || !missing.Remove(o.Remaining)).ToList();
        if (wrong.Count > 0)
        {
            return (ProtectionLook.Cancel(wrong), plan);
        }

        var acts = new List<ProtectionAct>();
        foreach (var quantity in missing.Where(_ => !(look.Context.Now < plan.State.RetryAt)))
        {
            var draft = look.Sell(stop.OrderType, quantity) with { StopPrice = level };
            (var more, plan) = ProtectionLegs.PlaceStop(
                look,
                plan,
                stop.OrderType == OrderType.StopLimit ? draft with { Price = price, TimeInForce = TimeInForce.GoodTillCancelled } : draft,
                level
            );
            acts.AddRange(more);
        }

        return (acts, plan);
    }

    // Full ones first: when the position grows, only the last one has to make room.
    private static List<decimal> Sizes(ProtectionLook look, OrderType type, decimal price, decimal all)
    {
        var sizes = new List<decimal>();
        while (sizes.Count < MaxStops && look.Max(type, all, price) is > 0 and var size)
        {
            if (sizes.Count > 0 && PositionMath.IsDust(size, look.Market, price))
            {
                break;
            }

            sizes.Add(size);
            all -= size;
        }

        return sizes;
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
