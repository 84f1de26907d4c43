using ExEngine.Core.Exchanges;

namespace ExEngine.Web.Components.Pages.Accounts;

/// <summary>The exchanges as somebody looks for theirs: practice, then those that most people are on, then the rest by name.</summary>
public static class ExchangeGroups
{
    // By the volume that they report; an id that this CCXT does not know is left out.
    private static readonly string[] Popular =
    [
        "binance",
        "bybit",
        "okx",
        "coinbase",
        "kraken",
        "kucoin",
        "bitget",
        "gate",
        "mexc",
        "htx",
        "cryptocom",
        "bitfinex",
    ];

    public static IReadOnlyList<(string Label, IReadOnlyList<ExchangeInfo> Exchanges)> Of(IReadOnlyList<ExchangeInfo> all) =>
        [
            ("Practice, without keys", [.. all.Where(e => e.Id == ExchangeInfo.Paper)]),
            ("Popular", [.. Popular.Select(id => all.FirstOrDefault(e => e.Id == id)).OfType<ExchangeInfo>()]),
            ("All others", [.. all.Where(e => e.Id != ExchangeInfo.Paper && !Popular.Contains(e.Id))]),
        ];
}
