namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>A new order as it was asked for, its parameters well-formed and complete for its type.</summary>
internal sealed record OrderRequest(string Symbol, FakeSide Side, FakeOrderType Type, string ClientOrderId)
{
    public FakeTimeInForce TimeInForce { get; init; } = FakeTimeInForce.GTC;
    public decimal? Quantity { get; init; }
    public decimal? QuoteQuantity { get; init; }
    public decimal? Price { get; init; }
    public decimal? StopPrice { get; init; }

    public bool IsConditional => StopPrice is not null;
    public bool IsMarket => Type is FakeOrderType.MARKET or FakeOrderType.STOP_LOSS or FakeOrderType.TAKE_PROFIT;
}
