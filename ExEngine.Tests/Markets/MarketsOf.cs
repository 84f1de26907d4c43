using ExEngine.Core.Markets;

namespace ExEngine.Tests.Markets;

/// <summary>Markets to test with; each test changes what it is about.</summary>
internal static class MarketsOf
{
    public static Market BtcUsdt { get; } =
        new()
        {
            Exchange = "binance",
            Symbol = "BTC/USDT",
            ExchangeSymbol = "BTCUSDT",
            Base = "BTC",
            Quote = "USDT",
            PriceIncrements = Increments.Tick(0.01m),
            QuantityIncrements = Increments.Tick(0.00001m),
            MinPrice = 0.01m,
            MaxPrice = 1_000_000m,
            MinQuantity = 0.00001m,
            MaxQuantity = 9_000m,
            MinNotional = 5m,
            MaxNotional = 9_000_000m,
        };

    public static Market Spot(string @base, string quote) =>
        BtcUsdt with
        {
            Symbol = $"{@base}/{quote}",
            ExchangeSymbol = @base + quote,
            Base = @base,
            Quote = quote,
        };

    public static Market Swap(string @base, string quote, string? settle = null) =>
        BtcUsdt with
        {
            Symbol = $"{@base}/{quote}:{settle ?? quote}",
            ExchangeSymbol = @base + quote,
            Base = @base,
            Quote = quote,
            Kind = "swap",
        };
}
