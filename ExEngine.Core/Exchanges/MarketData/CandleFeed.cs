using ExEngine.Core.Exchanges.Ccxt;

namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>Past prices for charts, from the same source as the last ones of <see cref="PriceFeed"/>.</summary>
public sealed class CandleFeed(PriceFeed prices, CcxtPrices live, TimeProvider time)
{
    private static readonly Dictionary<string, TimeSpan> Known = new(StringComparer.Ordinal)
    {
        ["1m"] = TimeSpan.FromMinutes(1),
        ["3m"] = TimeSpan.FromMinutes(3),
        ["5m"] = TimeSpan.FromMinutes(5),
        ["15m"] = TimeSpan.FromMinutes(15),
        ["30m"] = TimeSpan.FromMinutes(30),
        ["1h"] = TimeSpan.FromHours(1),
        ["2h"] = TimeSpan.FromHours(2),
        ["4h"] = TimeSpan.FromHours(4),
        ["1d"] = TimeSpan.FromDays(1),
    };

    /// <summary>The lengths that there are, by their names.</summary>
    public static IReadOnlyDictionary<string, TimeSpan> Intervals => Known;

    /// <summary>
    /// The last <paramref name="count"/> candles, oldest first; the last one is still going on. Fewer where the exchange keeps fewer.
    /// </summary>
    /// <param name="interval">One of <see cref="Intervals"/>.</param>
    public async Task<ExchangeResult<IReadOnlyList<Candle>>> ListAsync(
        string exchange,
        string symbol,
        TimeSpan interval,
        int count,
        CancellationToken cancellationToken
    )
    {
        var name = Known.First(k => k.Value == interval).Key;
        if (exchange != ExchangeInfo.Paper)
        {
            return await live.CandlesAsync(exchange, symbol, name, count, null, cancellationToken);
        }

        // A few milliseconds of arithmetic, which would hold up whoever's thread this is.
        var now = time.GetUtcNow().UtcDateTime;
        return await Task.Run(() => ExchangeResult.Done(prices.Simulated.Candles(symbol, interval, count, now)), cancellationToken);
    }

    /// <summary>
    /// The first candles of an exchange with an API that begin at a time or later, oldest first; the last one may be still going on. Fewer
    /// where the exchange gives fewer at once, and none where it keeps none so old.
    /// </summary>
    /// <param name="interval">One of <see cref="Intervals"/>.</param>
    /// <param name="from">UTC.</param>
    public Task<ExchangeResult<IReadOnlyList<Candle>>> SinceAsync(
        string exchange,
        string symbol,
        TimeSpan interval,
        DateTime from,
        int count,
        CancellationToken cancellationToken
    ) => live.CandlesAsync(exchange, symbol, Known.First(k => k.Value == interval).Key, count, from, cancellationToken);
}
