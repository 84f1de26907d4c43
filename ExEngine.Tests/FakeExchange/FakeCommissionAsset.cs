namespace ExEngine.Tests.FakeExchange;

/// <summary>What a commission is taken in. When the account has too little of it, it is taken from what was received.</summary>
public enum FakeCommissionAsset
{
    /// <summary>As at Binance: a buyer pays in base, a seller in quote.</summary>
    Received,

    Base,
    Quote,

    /// <summary>At the price of BNB in the quote asset.</summary>
    Bnb,
}
