namespace ExEngine.Core.Markets;

/// <summary>
/// The most that one order may sell: the market's maximum of quantity, of market quantity and of cost. More than that is split into
/// several orders.
/// </summary>
internal static class OrderMaximum
{
    /// <summary>In base, on the step; null when the market states none.</summary>
    /// <param name="price">Quote per base, for the maximum cost; null leaves that out.</param>
    public static decimal? Of(Market market, OrderType type, decimal? price)
    {
        var most = NumberRules.Quantity(market, type).Largest;
        var affordable =
            market.MaxNotional is > 0 and var cost && price is > 0 and var at && (type != OrderType.Market || market.MaxNotionalAtMarket)
                ? ExactCost.QuantityWithin(cost, at, market.QuantityIncrements)
                : null;
        return most < affordable || affordable is null ? most : affordable;
    }

    /// <summary>
    /// What the next of several orders for a quantity sells: equal parts, so that the last one is not left with too little to be sold.
    /// </summary>
    public static decimal Part(decimal quantity, Market market, OrderType type, decimal? price)
    {
        if (Of(market, type, price) is not { } most || most <= 0 || quantity <= most)
        {
            return quantity;
        }

        var orders = decimal.Ceiling(quantity / most);
        return market.QuantityIncrements.Up(quantity / orders) is { } part && part < most ? part : most;
    }
}
