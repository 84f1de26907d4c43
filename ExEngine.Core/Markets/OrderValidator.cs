namespace ExEngine.Core.Markets;

/// <summary>
/// The one check of an order, for the intake, the planners, the ticket and protection: market active and spot; price, stop price and
/// quantity (each on its increment, then its minimum, then its maximum); notional; agreement of the three. All checks are made; the
/// first that fails is the refusal. Changes nothing: a validator never adjusts (<see cref="OrderRounding"/> does).
/// </summary>
public static class OrderValidator
{
    /// <param name="referencePrice">
    /// Quote per base: what a market order is expected to trade at, because an exchange measures its notional too. Null where no price of
    /// the market is known; the price that the sender saw then stands for it, if there is one.
    /// </param>
    public static OrderVerdict Check(OrderDraft draft, Market market, decimal? referencePrice)
    {
        var checks = new OrderChecks(market);
        checks.Active();
        checks.Spot();

        // A market order has no price; what is stated beside it was only seen.
        checks.Number(draft.Type == OrderType.Market ? null : draft.Price, NumberRules.Price(market, "price"));
        checks.Number(draft.StopPrice, NumberRules.Price(market, "stopPrice"));
        checks.Number(draft.Quantity, NumberRules.Quantity(market, draft.Type));
        CheckCost(checks, draft, referencePrice);
        var order = checks.Refusal is null ? new ValidatedOrder(market, draft, referencePrice) : null;
        return new OrderVerdict(checks.All, order, checks.Refusal);
    }

    /// <summary>
    /// The price that an order states and its cost follows from: the limit price, for a stop order the price that triggers it, and
    /// for a market order the one that the sender saw; null when none is stated.
    /// </summary>
    public static decimal? CostPrice(OrderDraft draft) =>
        draft.Type == OrderType.Stop ? draft.StopPrice ?? draft.Price : draft.Price ?? draft.StopPrice;

    private static void CheckCost(OrderChecks checks, OrderDraft draft, decimal? referencePrice)
    {
        var stated = CostPrice(draft);
        var price = draft.Type == OrderType.Market ? referencePrice ?? stated : stated;
        if ((draft.Cost is { } c ? ExactCost.Of(c) : Product(price, draft.Quantity)) is { } cost)
        {
            checks.Cost(cost, price, draft.Quantity is not null, draft.Type == OrderType.Market);
        }

        if (draft.Cost is { } amount && Product(stated, draft.Quantity) is { } exact)
        {
            checks.Agreement(amount, exact);
        }
    }

    private static ExactCost? Product(decimal? price, decimal? quantity) => price is { } p && quantity is { } q ? ExactCost.Of(p, q) : null;
}
