using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Protection;

/// <summary>
/// Divides what is held among the take-profits that have not sold yet, nearest first: shares of the position at its largest,
/// rounded down to the step; when the shares make up 100 % the last one takes the rest. One that is too small to be sold at its
/// price goes with the next, and the last with the one before.
/// </summary>
internal static class TakeProfitSplit
{
    /// <param name="held">In base: all that may be divided, coins that are locked by the plan's own orders included.</param>
    /// <param name="sold">In base: what take-profits of the plan have sold so far.</param>
    public static IReadOnlyList<TakeProfitPart> Of(ProtectionPlan plan, Market market, decimal held, decimal sold)
    {
        var steps = plan
            .TakeProfits.Select((step, index) => (step, index, price: ProtectionPrices.TakeProfit(step, plan.State, market)))
            .Where(s => s.price is not null)
            .OrderBy(s => s.price)
            .ToList();
        var isAll = plan.TakeProfits.Sum(t => t.Share) >= 100;
        var parts = new List<TakeProfitPart>();
        var (left, carried) = (market.QuantityIncrements.Down(Math.Max(held, 0)), 0m);
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, index, price) = steps[i];
            var target = market.QuantityIncrements.Down(plan.State.Size * step.Share / 100);
            var done = Math.Min(sold, target);
            sold -= done;
            var quantity = Math.Min(isAll && i == steps.Count - 1 ? left : target - done, left);
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
}

/// <param name="Index">Of the step in the plan.</param>
/// <param name="Price">Quote per base.</param>
/// <param name="Quantity">In base, on the step, and enough to be sold at the price.</param>
internal sealed record TakeProfitPart(int Index, decimal Price, decimal Quantity);
