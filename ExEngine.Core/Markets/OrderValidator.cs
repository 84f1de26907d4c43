namespace ExEngine.Core.Markets;

/// <summary>
/// Checks each number that a draft states against the market's rules, in this order: market active; price, stop price and
/// quantity (each on its step, then its minimum, then its maximum); cost; agreement of the three. All checks are made;
/// the first that fails is the refusal. Changes nothing: a validator never adjusts (<see cref="OrderRounding"/> does).
/// </summary>
public static class OrderValidator
{
    public static OrderVerdict Check(OrderDraft draft, Market market)
    {
        var checks = new OrderChecks(market);
        checks.Active();
        checks.Number(draft.Price, NumberRules.Price(market, "price"));
        checks.Number(draft.StopPrice, NumberRules.Price(market, "stopPrice"));
        checks.Number(draft.Quantity, NumberRules.Quantity(market, draft.Type));
        CheckCost(checks, draft, market);
        var ticket = checks.Refusal is null ? new ValidatedOrder(market, draft) : null;
        return new OrderVerdict(checks.All, ticket, checks.Refusal);
    }

    /// <summary>
    /// The price at which an order's cost is measured: the limit price, for a stop order the price that triggers it, and
    /// for a market order the one that the sender saw; null when none is stated.
    /// </summary>
    public static decimal? CostPrice(OrderDraft draft) =>
        draft.Type == OrderType.Stop ? draft.StopPrice ?? draft.Price : draft.Price ?? draft.StopPrice;

    private static void CheckCost(OrderChecks checks, OrderDraft draft, Market market)
    {
        var price = CostPrice(draft);
        ExactCost? product = price is { } p && draft.Quantity is { } q ? ExactCost.Of(p, q) : null;
        ExactCost? stated = draft.Cost is { } c ? ExactCost.Of(c) : null;
        if ((stated ?? product) is { } cost)
        {
            checks.Cost(cost, price, draft.Quantity is not null);
        }

        if (draft.Cost is { } amount && product is { } exact)
        {
            checks.Agreement(amount, exact);
        }
    }
}
