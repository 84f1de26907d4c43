namespace ExEngine.Core.Markets;

/// <summary>An <see cref="OrderDraft"/> proven to fit its <see cref="Market"/>. Only <see cref="OrderValidator"/> makes one.</summary>
public sealed record ValidatedOrder
{
    internal ValidatedOrder(Market market, OrderDraft draft, decimal? referencePrice)
    {
        Market = market;
        Draft = draft;
        ReferencePrice = referencePrice;
    }

    public Market Market { get; }
    public OrderDraft Draft { get; }

    /// <summary>
    /// Quote per base: what a market order is expected to trade at. Where market buys state a cost, the cost is counted with it
    /// (<see cref="MarketBuyCost"/>); null where no price of the market is known.
    /// </summary>
    public decimal? ReferencePrice { get; init; }
}
