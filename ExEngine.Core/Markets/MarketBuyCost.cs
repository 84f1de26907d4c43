namespace ExEngine.Core.Markets;

/// <summary>
/// What a market buy spends where an exchange takes it by its cost and not by its quantity: quantity × the price that it was planned
/// with, cut to the market's cost step. What is executed differs from the quantity by as much as the price has moved since.
/// </summary>
internal static class MarketBuyCost
{
    /// <summary>The cost in quote, or why there is none. A cost that was stated instead of a quantity stays as it is.</summary>
    /// <param name="referencePrice">Quote per base, of now: with an old one the order would be of another size.</param>
    public static (decimal? Cost, OrderRefusal? Refusal) Of(OrderDraft draft, Market market, decimal? referencePrice)
    {
        if (draft.Quantity is not { } quantity)
        {
            return (draft.Cost, null);
        }

        if (referencePrice is not (> 0 and var price))
        {
            return (null, NoPrice(market));
        }

        // Cutting may have brought it below the minimum, and it is the cost that the exchange measures.
        var cost = ExactCost.Of(price, quantity).Down(market.CostIncrements) ?? 0;
        var sent = new OrderDraft
        {
            Side = draft.Side,
            Type = draft.Type,
            Cost = cost,
        };
        return cost <= 0 ? (null, TooLittle(market, price, quantity))
            : OrderValidator.Check(sent, market, price).Refusal is { } refusal ? (null, refusal)
            : (cost, null);
    }

    private static OrderRefusal NoPrice(Market market) =>
        new(
            RefusalCodes.PriceUnknown,
            "cost",
            null,
            null,
            [],
            $"{market.Exchange} takes market buys by their cost, and there is no price of {market.Symbol} to count it with; try again."
        );

    private static OrderRefusal TooLittle(Market market, decimal price, decimal quantity) =>
        new(
            RefusalCodes.CostTooLow,
            "cost",
            ExactCost.Of(price, quantity).ToString(),
            market.CostIncrements.IncrementAt(0) is { } step ? IncrementMath.Text(step) : null,
            [],
            $"The cost {ExactCost.Of(price, quantity)} {market.Quote} is below the smallest that {market.Exchange} takes; ask for more."
        );
}
