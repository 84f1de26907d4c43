using ExEngine.Core.Hosting;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Protection;

/// <summary>What became of a plan's orders, and how the position has grown, counted into the plan's state.</summary>
internal static class ProtectionOutcomes
{
    private static readonly Backoff Retries = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    public static ProtectionPlan Count(ProtectionPlan plan, ProtectionContext c)
    {
        foreach (var (step, index) in plan.TakeProfits.Select((s, i) => (s, i)).Where(s => s.s.Leg is not null).ToList())
        {
            var order = Find(plan, step.Leg!, c);
            if (order?.Status.IsFinal() != false)
            {
                var sold = order?.FilledQuantity ?? 0;
                var isOver = order is not null && (order.Remaining <= 0 || order.CancelRequestedAt is not null);
                plan = WithStep(
                    plan,
                    index,
                    step with
                    {
                        Leg = null,
                        IsWhole = false,
                        Sold = step.Sold + sold,
                        RetryAt = isOver ? null : c.Now + Retries.First,
                    }
                );
                plan = step.IsWhole && order is { Remaining: <= 0 } ? Hit(plan, index, c) : plan;
                plan = sold > 0 ? plan with { State = plan.State with { HasSold = true } } : plan;
            }
            else if (order.FilledQuantity > 0 && !plan.State.HasSold)
            {
                plan = plan with { State = plan.State with { HasSold = true } };
            }
        }

        foreach (var leg in plan.State.StopLegs.ToList())
        {
            plan = plan with { State = CountStop(plan.State, leg, Find(plan, leg, c), c.Now) };
        }

        return plan;
    }

    /// <summary>A target that sold a part and is left with too little to be sold is hit: its rest is none of what comes later.</summary>
    public static ProtectionPlan Finish(ProtectionLook look)
    {
        var (plan, market) = (look.Plan, look.Market);
        foreach (var (step, index) in plan.TakeProfits.Select((s, i) => (s, i)))
        {
            if (step is { Hit: false, Leg: null, Sold: > 0 } && IsDone(look, step))
            {
                plan = Hit(plan, index, look.Context);
            }
        }

        return plan;

        bool IsDone(ProtectionLook look, TakeProfitPlan step) =>
            PositionMath.IsDust(
                Math.Max(TakeProfitSplit.Target(look, step) - step.Sold, 0),
                market,
                ProtectionPrices.TakeProfit(step, plan.State, market)
            )
            || step.Sold >= market.QuantityIncrements.Down(plan.State.Size * step.Share / 100);
    }

    public static ProtectionPlan WithStep(ProtectionPlan plan, int index, TakeProfitPlan step) =>
        plan with
        {
            TakeProfits = [.. plan.TakeProfits.Select((s, i) => i == index ? step : s)],
        };

    /// <summary>
    /// The size and the average, when more is held than at the last look or an estimate was corrected; only the size when less is.
    /// </summary>
    public static (ProtectionState State, bool Grew) Grow(ProtectionState state, ProtectionHolding held, DateTime now)
    {
        if (held.Quantity == state.Seen && held.IsEstimate == state.IsEstimate)
        {
            return (state, false);
        }

        var more = held.Quantity - state.Seen;
        var grew = more > 0 || (state.IsEstimate && held.Quantity > 0);
        state = state with { Seen = held.Quantity, SeenAt = more != 0 ? now : state.SeenAt, IsEstimate = held.IsEstimate };
        return grew ? (state with { Size = state.Size + Math.Max(more, 0), Average = held.Average }, true) : (state, false);
    }

    public static Order? Find(ProtectionPlan plan, string leg, ProtectionContext c) =>
        c.Orders.Where(o => o.OriginId == plan.Id && o.Leg == leg).MaxBy(o => o.Generation);

    // What was too small to be sold by itself went with it, so all targets up to its price are hit.
    private static ProtectionPlan Hit(ProtectionPlan plan, int index, ProtectionContext c)
    {
        var price = ProtectionPrices.TakeProfit(plan.TakeProfits[index], plan.State, c.Market);
        return plan with
        {
            TakeProfits =
            [
                .. plan.TakeProfits.Select(
                    (s, i) =>
                        i == index || (s.Leg is null && ProtectionPrices.TakeProfit(s, plan.State, c.Market) <= price)
                            ? s with
                            {
                                Hit = true,
                                RetryAt = null,
                            }
                            : s
                ),
            ],
        };
    }

    private static ProtectionState CountStop(ProtectionState state, string leg, Order? order, DateTime now) =>
        order switch
        {
            null => Failed(state.Without(leg), "The stop-loss was refused here.", now),
            { Status: OrderStatus.Open or OrderStatus.PartiallyFilled } when state.Failures > 0 => state with
            {
                Failures = 0,
                RetryAt = null,
                Problem = null,
            },
            { Status: var status } when !status.IsFinal() => state,

            // It was hit, even where a part is left: an exchange may end a market order that finds no more buyers.
            { FilledQuantity: > 0 } => state.Without(leg) with { Triggered = true, Failures = 0, RetryAt = null, Problem = null },
            { CancelRequestedAt: not null, Status: OrderStatus.Canceled } => state.Without(leg),
            _ => Failed(state.Without(leg), $"The stop-loss is not in force: {order.Reason ?? order.Code ?? order.Status.ToString()}", now),
        };

    private static ProtectionState Failed(ProtectionState state, string problem, DateTime now) =>
        state with
        {
            Failures = state.Failures + 1,
            RetryAt = now + Retries.ForAttempt(state.Failures + 1),
            Problem = problem,
        };
}
