using ExEngine.Core.Markets;

namespace ExEngine.Core.Protection;

/// <summary>Places an order of a plan and notes its leg; one that the market's rules refuse is noted as a problem instead.</summary>
internal static class ProtectionLegs
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(1);

    public static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) PlaceStop(
        ProtectionLook look,
        ProtectionPlan plan,
        OrderDraft draft,
        decimal? reference
    )
    {
        // A market order is measured at the price that is expected.
        var verdict = OrderValidator.Check(draft, look.Market, reference);
        if (verdict.Order is not { } order)
        {
            var problem = verdict.Refusal!.Message;
            return ([], plan.State.Problem == problem ? plan : plan with { State = plan.State with { Problem = problem } });
        }

        var leg = Name("stopLoss", plan);
        return (
            [new ProtectionAct.Place(plan.Id, leg, order, reference)],
            plan with
            {
                State = plan.State.With(leg) with
                {
                    Orders = plan.State.Orders + 1,
                    Problem = plan.State.Failures > 0 ? plan.State.Problem : null,
                },
            }
        );
    }

    public static (IReadOnlyList<ProtectionAct> Acts, ProtectionPlan Plan) PlaceTakeProfit(
        ProtectionLook look,
        ProtectionPlan plan,
        TakeProfitPart part,
        OrderDraft draft
    )
    {
        var step = plan.TakeProfits[part.Index];
        if (OrderValidator.Check(draft, look.Market, part.Price).Order is not { } order)
        {
            return ([], ProtectionOutcomes.WithStep(plan, part.Index, step with { RetryAt = look.Context.Now + RetryDelay }));
        }

        var leg = Name($"takeProfit{part.Index + 1}", plan);
        var isWhole = draft.Quantity >= part.Quantity;
        plan = ProtectionOutcomes.WithStep(plan, part.Index, step with { Leg = leg, IsWhole = isWhole, RetryAt = null });
        return (
            [new ProtectionAct.Place(plan.Id, leg, order, part.Price)],
            plan with
            {
                State = plan.State with { Orders = plan.State.Orders + 1 },
            }
        );
    }

    private static string Name(string leg, ProtectionPlan plan) => $"{leg}.{plan.State.Orders + 1}";
}
