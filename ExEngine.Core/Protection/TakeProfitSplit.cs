using ExEngine.Core.Positions;

namespace ExEngine.Core.Protection;

/// <summary>
/// Divides what is held among the take-profits that are not hit yet, nearest first: each gets its share of what is held now, measured
/// against the shares that are left and what no target sells, rounded down to the step; when the shares make up 100 % the last one takes
/// the rest. So coins that were sold by hand or bought later count, and a target that was hit is not hit again. One that is too small to
/// be sold at its price goes with the next, and the last with the one before.
/// </summary>
internal static class TakeProfitSplit
{
    public static IReadOnlyList<TakeProfitPart> Of(ProtectionLook look)
    {
        var (plan, market) = (look.Plan, look.Market);
        var steps = plan
            .TakeProfits.Select((step, index) => (step, index, price: ProtectionPrices.TakeProfit(step, plan.State, market)))
            .Where(s => s.price is not null && !s.step.Hit)
            .OrderBy(s => s.price)
            .ToList();
        var isAll = plan.TakeProfits.Sum(t => t.Share) >= 100;
        var parts = new List<TakeProfitPart>();
        var (left, carried) = (market.QuantityIncrements.Down(Math.Max(look.Ours, 0)), 0m);
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, index, price) = steps[i];
            var target = market.QuantityIncrements.Down(Math.Max(Target(look, step) - Sold(look, step), 0));
            var quantity = Math.Min(isAll && i == steps.Count - 1 ? left : target, left);
            left -= quantity;
            carried += quantity;
            if (PositionMath.Sellable(carried, market, price) > 0)
            {
                parts.Add(new TakeProfitPart(index, price!.Value, carried));
                carried = 0;
            }
        }

        if (carried > 0 && parts is [.., var last])
        {
            parts[^1] = last with { Quantity = last.Quantity + carried };
        }

        return parts;
    }

    /// <summary>In base: what a target sells in all, what it has sold already included.</summary>
    public static decimal Target(ProtectionLook look, TakeProfitPlan step)
    {
        var open = look.Plan.TakeProfits.Where(t => !t.Hit).ToList();
        var shares = 100 - look.Plan.TakeProfits.Where(t => t.Hit).Sum(t => t.Share);

        // What targets have begun to sell is put back for the measuring, so that a part that is sold does not shrink the others.
        var all = Math.Max(look.Ours, 0) + open.Sum(t => Sold(look, t));
        return shares > 0 ? all * step.Share / shares : all;
    }

    private static decimal Sold(ProtectionLook look, TakeProfitPlan step) => step.Sold + (look.TakeProfit(step)?.FilledQuantity ?? 0);
}

/// <param name="Index">Of the step in the plan.</param>
/// <param name="Price">Quote per base.</param>
/// <param name="Quantity">In base, on the step, and enough to be sold at the price.</param>
internal sealed record TakeProfitPart(int Index, decimal Price, decimal Quantity);
