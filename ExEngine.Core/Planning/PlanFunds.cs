using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Planning;

/// <summary>What the account has, by the balances that were asked for.</summary>
internal static class PlanFunds
{
    public static decimal Free(PlanContext c, string asset) => c.Balances?.FirstOrDefault(b => b.Asset == asset)?.Free ?? 0;

    /// <summary>Null when it is enough, or was not asked for.</summary>
    public static OrderRefusal? Check(PlanContext c, OrderDraft order)
    {
        if (c.Balances is null || PlanPrices.Of(c, order) is not { } price || order.Quantity is not { } quantity)
        {
            return null;
        }

        var free = Free(c, c.Market.Quote);
        var cost = ExactCost.Of(price, quantity);
        return cost.CompareTo(ExactCost.Of(free)) <= 0
            ? null
            : new OrderRefusal(
                PlanCodes.InsufficientFunds,
                "quantity",
                ExactJson.Text(quantity),
                ExactJson.Text(free),
                [],
                $"The order costs {cost} {c.Market.Quote}, and {ExactJson.Text(free)} are free; ask for less or add funds."
            );
    }
}
