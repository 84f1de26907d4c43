using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Protection;

/// <summary>
/// Keeps a position's take-profits and stop-loss: pure, and asked again with every fill, move of an order and price. On spot without
/// the exchange's own pairs a resting order locks its coins, so one of the two rests and the other is watched. A stop-loss rests at the
/// exchange, where it also works while this product does not: take-profits are then watched, and sold by cancelling the stop, waiting
/// for the proof (it may have sold), and placing the take-profit, which takes what is bid at its price and never rests, together with a
/// stop for what is left. Without a stop-loss, or where the exchange takes no stop orders, take-profits rest, with a part of the
/// coins each, and the stop is watched. Everything is sized anew with each fill, from what is held less what sells have
/// executed and the position does not know yet; all orders together never sell more than that.
/// </summary>
public static class ProtectionPlanner
{
    public static ProtectionStep Next(ProtectionContext c) => c.Plan.IsArmed ? ProtectionArming.Next(c) : Keep(c);

    private static ProtectionStep Keep(ProtectionContext c)
    {
        var plan = ProtectionOutcomes.Count(c.Plan, c);
        var (state, grew) = ProtectionOutcomes.Grow(plan.State, c.Position);
        plan = state == plan.State ? plan : plan with { State = state };
        if (IsClosed(c, plan))
        {
            return Close(c, plan);
        }

        var look = new ProtectionLook(c, plan);
        if (plan.StopLoss is { } stop)
        {
            state = ProtectionPrices.WithStop(stop, state, c.Market, look.Last, grew);
            state =
                state.Triggered || !look.IsThroughStop(state)
                    ? state
                    : state with
                    {
                        Triggered = true,
                        Failures = 0,
                        RetryAt = null,
                        Problem = null,
                    };
            plan = state == plan.State ? plan : plan with { State = state };
        }

        look = new ProtectionLook(c, plan);
        var (acts, after) =
            c.Paused && !plan.State.Triggered ? ([], plan)
            : plan.State.Triggered ? ProtectionExit.Next(look)
            : look.IsUnderWay ? RestingStop.Meanwhile(look)
            : look.StopRests ? RestingStop.Next(look)
            : RestingTakeProfits.Next(look);
        return Step(c, after, acts);
    }

    // An entry that was filled by so little that it cannot be sold has not been protected yet; one that was closed is dust at most.
    // Measured at the entry, so that a falling price does not make dust of what is protected.
    private static bool IsClosed(ProtectionContext c, ProtectionPlan plan) =>
        c.Position.Quantity == 0
        || c.Position.OpenedAt is null
        || (
            PositionMath.IsDust(c.Position.Quantity, c.Market, plan.State.Average)
            && !PositionMath.IsDust(plan.State.Size, c.Market, plan.State.Average)
        );

    // What an entry may still buy would be held without protection, so it ends with the position; the plan stays until no late
    // fill is to be expected.
    private static ProtectionStep Close(ProtectionContext c, ProtectionPlan plan)
    {
        var open = c
            .Orders.Where(o =>
                (o.Origin == OrderOrigin.Protection && !o.Status.IsFinal())
                || (o.Side == OrderSide.Buy && o.SettledAt is null && plan.Signals.Contains(o.OriginId))
            )
            .ToList();
        return open.Count == 0
            ? new ProtectionStep(null, true, [], null)
            : Step(c, plan, [.. open.Where(o => o.MayBeCancelled()).Select(o => new ProtectionAct.Cancel(o.Id))]);
    }

    private static ProtectionStep Step(ProtectionContext c, ProtectionPlan plan, IReadOnlyList<ProtectionAct> acts)
    {
        var retries = plan.TakeProfits.Select(t => t.RetryAt).Append(plan.State.RetryAt).Where(r => r > c.Now);
        return new ProtectionStep(plan, !ReferenceEquals(plan, c.Plan) && plan.Write() != c.Plan.Write(), acts, retries.Min());
    }
}
