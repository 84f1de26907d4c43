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
                        Sold = step.Sold + sold,
                        RetryAt = isOver ? null : c.Now + Retries.First,
                    }
                );
                plan = sold > 0 ? plan with { State = plan.State with { HasSold = true } } : plan;
            }
            else if (order.FilledQuantity > 0 && !plan.State.HasSold)
            {
                plan = plan with { State = plan.State with { HasSold = true } };
            }
        }

        return plan.State.Leg is { } leg ? plan with { State = CountStop(plan.State, Find(plan, leg, c), c.Now) } : plan;
    }

    public static ProtectionPlan WithStep(ProtectionPlan plan, int index, TakeProfitPlan step) =>
        plan with
        {
            TakeProfits = [.. plan.TakeProfits.Select((s, i) => i == index ? step : s)],
        };

    /// <summary>The size and the average, when more is held than at the last look; only the size when less is.</summary>
    public static (ProtectionState State, bool Grew) Grow(ProtectionState state, Position position)
    {
        if (position.Quantity == state.Seen)
        {
            return (state, false);
        }

        var more = position.Quantity - state.Seen;
        return more > 0
            ? (state with { Seen = position.Quantity, Size = state.Size + more, Average = position.EntryCost / position.Quantity }, true)
            : (state with { Seen = position.Quantity }, false);
    }

    public static Order? Find(ProtectionPlan plan, string leg, ProtectionContext c) =>
        c.Orders.Where(o => o.OriginId == plan.Id && o.Leg == leg).MaxBy(o => o.Generation);

    private static ProtectionState CountStop(ProtectionState state, Order? order, DateTime now) =>
        order switch
        {
            null => Failed(state, "The stop-loss was refused here.", now),
            { Status: OrderStatus.Open or OrderStatus.PartiallyFilled } when state.Failures > 0 => state with
            {
                Failures = 0,
                RetryAt = null,
                Problem = null,
            },
            { Status: var status } when !status.IsFinal() => state,

            // It was hit, even where a part is left: an exchange may end a market order that finds no more buyers.
            { FilledQuantity: > 0 } => state with { Leg = null, Triggered = true, Failures = 0, RetryAt = null, Problem = null },
            { CancelRequestedAt: not null, Status: OrderStatus.Canceled } => state with { Leg = null },
            _ => Failed(state, $"The stop-loss is not in force: {order.Reason ?? order.Code ?? order.Status.ToString()}", now),
        };

    private static ProtectionState Failed(ProtectionState state, string problem, DateTime now) =>
        state with
        {
            Leg = null,
            Failures = state.Failures + 1,
            RetryAt = now + Retries.ForAttempt(state.Failures + 1),
            Problem = problem,
        };
}
