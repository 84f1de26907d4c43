using ExEngine.Core.Orders;

namespace ExEngine.Core.Protection;

/// <summary>
/// A plan that came with an entry is stored with it and begins with its first fill, so that nothing stands between the two. Until then
/// the plan before it goes on, and stays when the entry ends without having bought anything.
/// </summary>
internal static class ProtectionArming
{
    public static ProtectionStep Next(ProtectionContext c)
    {
        var plan = c.Plan;
        var entries = c.Orders.Where(o => o.OriginId == plan.Id && o.Leg == ProtectionPlan.Entry).ToList();
        var entry = entries.MaxBy(o => o.Generation);

        // An order that was changed may have bought something before another took its place.
        if (entries.Exists(o => o.FilledQuantity > 0) || (entry is null && c.Position.Quantity > 0))
        {
            return Changed(ProtectionPlanner.Next(c with { Plan = plan with { IsArmed = false, Former = null } }));
        }

        if (entry is null || IsOver(entry))
        {
            return plan.Former is { } former
                ? Changed(ProtectionPlanner.Next(c with { Plan = former }))
                : new ProtectionStep(null, true, [], null);
        }

        if (plan.Former is not { } current)
        {
            return new ProtectionStep(plan, false, [], null);
        }

        var step = ProtectionPlanner.Next(c with { Plan = current });
        return step with { Plan = step.IsChanged ? plan with { Former = step.Plan } : plan };
    }

    // A cancelled order may still prove filled until it is settled; one that was never placed cannot.
    private static bool IsOver(Order entry) =>
        entry.Status is OrderStatus.Denied or OrderStatus.Rejected or OrderStatus.NotPlaced
        || (entry.Status.IsFinal() && entry.SettledAt is not null);

    private static ProtectionStep Changed(ProtectionStep step) => step with { IsChanged = true };
}
