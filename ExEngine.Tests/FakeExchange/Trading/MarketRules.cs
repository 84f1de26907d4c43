namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>A market's filters as numbers. Zero means that a bound does not exist.</summary>
internal sealed class MarketRules(FakeMarket market)
{
    public decimal Tick { get; } = Decimals.Parse(market.Tick);
    public decimal MinPrice { get; } = Decimals.Parse(market.MinPrice);
    public decimal MaxPrice { get; } = Decimals.Parse(market.MaxPrice);
    public decimal Step { get; } = Decimals.Parse(market.Step);
    public decimal MinQuantity { get; } = Decimals.Parse(market.MinQuantity);
    public decimal MaxQuantity { get; } = Decimals.Parse(market.MaxQuantity);
    public decimal MarketStep { get; } = Decimals.Parse(market.MarketStep);
    public decimal MinMarketQuantity { get; } = Decimals.Parse(market.MinMarketQuantity);
    public decimal MaxMarketQuantity { get; } = Decimals.Parse(market.MaxMarketQuantity);
    public decimal MinNotional { get; } = Decimals.Parse(market.MinNotional);
    public decimal MaxNotional { get; } = market.OldNotional ? 0 : Decimals.Parse(market.MaxNotional);
    public string NotionalFilter { get; } = market.OldNotional ? "MIN_NOTIONAL" : "NOTIONAL";

    /// <summary>A price may be this many times higher, and lower, than the last one; 0 is no such rule.</summary>
    public decimal PriceFactor { get; } = Decimals.Parse(market.PriceFactor);

    public int BasePrecision { get; } = market.BasePrecision;
    public int QuotePrecision { get; } = market.QuotePrecision;
}
