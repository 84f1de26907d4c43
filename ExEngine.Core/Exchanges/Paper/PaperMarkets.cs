using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>The markets of the built-in exchange. Their rules are those that traders know from the large spot exchanges.</summary>
public static class PaperMarkets
{
    public static IReadOnlyList<Market> All { get; } =
    [
        Spot("BTC", "USDT", tick: 0.01m, step: 0.00001m, maxPrice: 1_000_000m, maxQuantity: 9_000m),
        Spot("ETH", "USDT", tick: 0.01m, step: 0.0001m, maxPrice: 1_000_000m, maxQuantity: 9_000m),
        Spot("BNB", "USDT", tick: 0.01m, step: 0.001m, maxPrice: 100_000m, maxQuantity: 90_000m),
        Spot("SOL", "USDT", tick: 0.01m, step: 0.001m, maxPrice: 100_000m, maxQuantity: 90_000m),
        Spot("XRP", "USDT", tick: 0.0001m, step: 0.1m, maxPrice: 10_000m, maxQuantity: 9_222_449m),
        Spot("ADA", "USDT", tick: 0.0001m, step: 0.1m, maxPrice: 1_000m, maxQuantity: 900_000m),
        Spot("DOGE", "USDT", tick: 0.00001m, step: 1m, maxPrice: 1_000m, maxQuantity: 9_000_000m),
        Spot("LTC", "USDT", tick: 0.01m, step: 0.001m, maxPrice: 100_000m, maxQuantity: 90_000m),
        Spot("LINK", "USDT", tick: 0.01m, step: 0.01m, maxPrice: 10_000m, maxQuantity: 90_000m),
        Spot("DOT", "USDT", tick: 0.001m, step: 0.01m, maxPrice: 10_000m, maxQuantity: 90_000m),
        Spot("SHIB", "USDT", tick: 0.00000001m, step: 1m, maxPrice: 1m, maxQuantity: 46_116_860_414m),
        Spot("ETH", "BTC", tick: 0.00001m, step: 0.0001m, maxPrice: 922_327m, maxQuantity: 100_000m) with
        {
            MinNotional = 0.0001m,
            MaxNotional = 9_000_000m,
        },
        Spot("BTC", "EUR", tick: 0.01m, step: 0.00001m, maxPrice: 1_000_000m, maxQuantity: 9_000m),
    ];

    private static Market Spot(string @base, string quote, decimal tick, decimal step, decimal maxPrice, decimal maxQuantity) =>
        new()
        {
            Exchange = ExchangeInfo.Paper,
            Symbol = $"{@base}/{quote}",
            ExchangeSymbol = @base + quote,
            Base = @base,
            Quote = quote,
            PriceIncrements = Increments.Tick(tick),
            QuantityIncrements = Increments.Tick(step),
            MinPrice = tick,
            MaxPrice = maxPrice,
            MinQuantity = step,
            MaxQuantity = maxQuantity,
            MinNotional = 5m,
            MaxNotional = 9_000_000m,
            TakerFee = 0.001m,
            MakerFee = 0.001m,
        };
}
