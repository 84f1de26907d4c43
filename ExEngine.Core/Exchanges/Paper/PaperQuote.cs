using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>A price as the paper book meets it, in quote per base and on the market's tick. The bid is never above the ask.</summary>
public readonly record struct PaperQuote(decimal Last, decimal Bid, decimal Ask)
{
    /// <param name="halfSpread">Fraction that is added to the ask and taken off the bid.</param>
    public static PaperQuote Of(Ticker ticker, Market market, decimal halfSpread)
    {
        var ask = OnTick(ticker.Ask ?? ticker.Last, 1 + halfSpread, market.PriceIncrements.Up);
        var bid = OnTick(ticker.Bid ?? ticker.Last, 1 - halfSpread, p => market.PriceIncrements.Down(p));
        return new(ticker.Last, Math.Min(bid, ask), ask);
    }

    // A bid under one tick would be no price at all.
    private static decimal OnTick(decimal price, decimal factor, Func<decimal, decimal?> round) =>
        round(price * factor) is { } rounded and > 0 ? rounded : price;
}
