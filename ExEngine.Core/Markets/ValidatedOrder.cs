namespace ExEngine.Core.Markets;

/// <summary>An <see cref="OrderDraft"/> proven to fit its <see cref="Market"/>. Only <see cref="OrderValidator"/> makes one.</summary>
public sealed record ValidatedOrder
{
    internal ValidatedOrder(Market market, OrderDraft draft)
    {
        Market = market;
        Draft = draft;
    }

    public Market Market { get; }
    public OrderDraft Draft { get; }
}
