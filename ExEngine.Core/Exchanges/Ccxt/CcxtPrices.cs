namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>Public prices of an exchange, without an account.</summary>
public sealed class CcxtPrices(CcxtCall call, CcxtAccounts accounts, TimeProvider time)
{
    // Binance counts a question about 21 symbols like one about a hundred, which is twenty times as much as one about 20.
    private const int MostSymbols = 20;

    /// <summary>As few questions as the exchange allows. Symbols without a last price are left out.</summary>
    public async Task<ExchangeResult<IReadOnlyList<Ticker>>> TickersAsync(
        string exchange, IReadOnlyList<string> symbols, CancellationToken cancellationToken)
    {
        var all = new List<Ticker>();
        foreach (var some in exchange.StartsWith("binance", StringComparison.Ordinal) ? symbols.Chunk(MostSymbols) : [[.. symbols]])
        {
            var answer = await call.AskAsync("/tickers", accounts.Question(exchange) with { Symbols = some }, writes: false, Tickers, cancellationToken);
            if (!answer.IsDone)
            {
                return answer;
            }

            all.AddRange(answer.Value!);
        }

        return ExchangeResult.Done<IReadOnlyList<Ticker>>(all);
    }

    /// <summary>The last candles, oldest first; the last one is still going on.</summary>
    /// <param name="interval">CCXT's word: <c>1m</c>, <c>4h</c>, <c>1d</c>.</param>
    public Task<ExchangeResult<IReadOnlyList<Candle>>> CandlesAsync(
        string exchange, string symbol, string interval, int count, CancellationToken cancellationToken) => call.AskAsync(
            "/candles", accounts.Question(exchange) with { Symbol = symbol, Interval = interval, Count = count }, writes: false, Candles, cancellationToken);

    private IReadOnlyList<Ticker> Tickers(CcxtAnswer answer) =>
    [
        .. (answer.Tickers ?? throw new FormatException("No prices.")).Select(t => CcxtViews.Ticker(t, time.GetUtcNow().UtcDateTime)).OfType<Ticker>(),
    ];

    private static IReadOnlyList<Candle> Candles(CcxtAnswer answer) =>
        [.. (answer.Candles ?? throw new FormatException("No candles.")).Select(CcxtViews.Candle).OfType<Candle>().OrderBy(c => c.At)];
}
