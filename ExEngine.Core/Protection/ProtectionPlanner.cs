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
/// coins each, and the stop is watched. Everything is sized anew with each fill, from what was executed whether or not the trades are
/// told; all orders together never sell more than that. Only a fresh price judges. While nothing may be placed, nothing is cancelled
/// either: a stop stays where it rests.
/// </summary>
public static class ProtectionPlanner
{
    internal const string HaltedProblem = "Everything is halted, protection too: nothing is placed, moved or sold.";

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    public static ProtectionStep Next(ProtectionContext c) => c.Plan.IsArmed ? ProtectionArming.Next(c) : Keep(c);

    private static ProtectionStep Keep(ProtectionContext c)
    {
        var plan = ProtectionOutcomes.Count(c.Plan, c);
        var held = ProtectionHolding.Of(c);
        var (state, grew) = ProtectionOutcomes.Grow(plan.State, held, c.Now);
        plan = state == plan.State ? plan : plan with { State = state };
        if (IsClosed(c, plan, held))
        {
            return Close(c, plan);
        }

        plan = ProtectionOutcomes.Finish(new ProtectionLook(c, plan));
        plan = Judged(new ProtectionLook(c, plan), grew);
        var look = new ProtectionLook(c, plan);
        var (acts, after) =
            !c.MayPlace ? ([], WithProblem(plan, HaltedProblem))
            : c.Paused && !plan.State.Triggered ? ([], plan)
            : plan.State.Triggered ? ProtectionExit.Next(look)
            : look.IsUnderWay ? RestingStop.Meanwhile(look)
            : look.StopRests ? RestingStop.Next(look)
            : RestingTakeProfits.Next(look);
        after = c.MayPlace && after.State.Problem == HaltedProblem ? WithProblem(after, null) : after;
        return Step(c, ProtectionCover.Judge(look, after), acts, NeedsPrice(look));
    }

    /// <summary>Where the stop belongs at this price, and whether it was gone through. What nothing may act on is judged later.</summary>
    private static ProtectionPlan Judged(ProtectionLook look, bool grew)
    {
        var plan = look.Plan;
        if (plan.StopLoss is not { } stop)
        {
            return plan;
        }

        var state = ProtectionPrices.WithStop(stop, plan.State, look.Context, look.Last, grew);
        state =
            state.Triggered || !look.Context.MayPlace || !look.IsThroughStop(state)
                ? state
                : state with
                {
                    Triggered = true,
                    Failures = 0,
                    RetryAt = null,
                    Problem = null,
                };
        return state == plan.State ? plan : plan with { State = state };
    }

    // An entry that was filled by so little that it cannot be sold has not been protected yet; one that was closed is dust at most.
    // Measured at the entry, so that a falling price does not make dust of what is protected.
    private static bool IsClosed(ProtectionContext c, ProtectionPlan plan, ProtectionHolding held) =>
        held.Quantity == 0
        || (c.Position.OpenedAt is null && !held.IsEstimate)
        || (
            PositionMath.IsDust(held.Quantity, c.Market, plan.State.Average)
            && !PositionMath.IsDust(plan.State.Size, c.Market, plan.State.Average)
        );

    // What an entry may still buy would be held without protection, so it ends with the position; the plan stays until no late
    // fill is to be expected.
    private static ProtectionStep Close(ProtectionContext c, ProtectionPlan plan)
    {
        plan = ProtectionCover.Closed(plan);
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

    // Something waits for a price, and what is at hand is too old to judge by.
    private static bool NeedsPrice(ProtectionLook look) =>
        look.Last is null
        && (
            look.Plan.TakeProfits.Any(t => !t.Hit)
            || look.Plan.StopLoss is { } stop
                && (!look.Context.StopsRest || look.Stops.Count == 0 || stop is { TrailPercent: not null } or { TrailAmount: not null })
        );

    private static ProtectionPlan WithProblem(ProtectionPlan plan, string? problem) =>
        plan.State.Problem == problem ? plan : plan with { State = plan.State with { Problem = problem } };

    private static ProtectionStep Step(ProtectionContext c, ProtectionPlan plan, IReadOnlyList<ProtectionAct> acts, bool needsPrice = false)
    {
        DateTime?[] times =
        [
            .. plan.TakeProfits.Select(t => t.RetryAt),
            plan.State.RetryAt,
            ProtectionCover.LookAgainAt(plan.State),
            needsPrice ? c.Now + AskAgain : null,
        ];
        return new ProtectionStep(
            plan,
            !ReferenceEquals(plan, c.Plan) && plan.Write() != c.Plan.Write(),
            acts,
            times.Where(t => t > c.Now).Min()
        )
        {
            NeedsPrice = needsPrice,
        };
    }
}
