namespace ExEngine.Tests.FakeExchange.Trading;

/// <param name="Commission">Taken from the account, in <paramref name="CommissionAsset"/>.</param>
internal sealed record FakeTrade(
    long Id,
    FakeOrder Order,
    decimal Price,
    decimal Quantity,
    decimal QuoteQuantity,
    decimal Commission,
    string CommissionAsset,
    bool Maker,
    DateTimeOffset At
);
