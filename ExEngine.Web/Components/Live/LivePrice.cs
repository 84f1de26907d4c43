using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Web.Components.Live;

/// <param name="Last">Quote per base; null when none was ever heard.</param>
/// <param name="IsStale">Too old to trade on, or none.</param>
public readonly record struct LivePrice(decimal? Last, bool IsStale)
{
    public static LivePrice Of(PriceFeed feed, string exchange, string symbol) =>
        new(feed.Last(exchange, symbol)?.Last, feed.IsStale(exchange, symbol));
}
