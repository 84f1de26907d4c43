using System.Collections.Concurrent;
using ExEngine.Core.Exchanges.Ccxt.Descriptions;
using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>Public prices of an exchange, without an account. Thread-safe.</summary>
public sealed class CcxtPrices(CcxtCall call, CcxtAccounts accounts, TimeProvider time)
{
    // Enough to find one symbol among a thousand, or several among twenty, by halves.
    private const int MaxMore = 24;
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(30);

    // A timestamp of when the exchange refused the symbol.
    private readonly ConcurrentDictionary<(string Exchange, string Symbol), long> _refused = new();

    /// <summary>
    /// As few questions as the exchange allows. Symbols without a last price are left out, and so are those that the exchange refuses, the
    /// others of the same question are not. A fault only when nothing at all was answered.
    /// </summary>
    public async Task<ExchangeResult<IReadOnlyList<Ticker>>> TickersAsync(
        string exchange,
        IReadOnlyList<string> symbols,
        CancellationToken cancellationToken
    )
    {
        var all = new List<Ticker>();
        ExchangeFault? fault = null;
        var wanted = symbols.Where(s => !IsRefused(exchange, s)).ToArray();
        var open = new Queue<string[]>(ExchangeDescriptions.Of(exchange).TickersAtOnce is { } most ? wanted.Chunk(most) : [wanted]);
        for (var left = open.Count + MaxMore; left > 0 && open.TryDequeue(out var some) && some.Length > 0; left--)
        {
            var answer = await call.AskAsync(
                "/tickers",
                accounts.Question(exchange) with
                {
                    Symbols = some,
                },
                writes: false,
                Tickers,
                cancellationToken
            );
            all.AddRange(answer.Value ?? []);
            fault = answer.Fault ?? fault;
            if (answer.Fault is { Kind: FaultKind.Rule })
            {
                Part(exchange, some, open);
            }
            else if (!answer.IsDone)
            {
                // It is not the symbols: going on asking would make it worse.
                return all.Count > 0 ? ExchangeResult.Done<IReadOnlyList<Ticker>>(all) : answer;
            }
        }

        return fault is null || all.Count > 0
            ? ExchangeResult.Done<IReadOnlyList<Ticker>>(all)
            : ExchangeResult.Refused<IReadOnlyList<Ticker>>(fault);
    }

    // One of these spoils the answer for all of them: the half without it will be answered. Alone, it is left out for a while.
    private void Part(string exchange, string[] some, Queue<string[]> open)
    {
        if (some is [var alone])
        {
            _refused[(exchange, alone)] = time.GetTimestamp();
            return;
        }

        open.Enqueue(some[..(some.Length / 2)]);
        open.Enqueue(some[(some.Length / 2)..]);
    }

    private bool IsRefused(string exchange, string symbol) =>
        _refused.TryGetValue((exchange, symbol), out var at) && time.GetElapsedTime(at) < RefusedFor;

    /// <summary>The last candles, oldest first; the last one is still going on.</summary>
    /// <param name="interval">CCXT's word: <c>1m</c>, <c>4h</c>, <c>1d</c>.</param>
    /// <param name="since">UTC: the first ones that begin then or later, instead of the last; null for the last.</param>
    public Task<ExchangeResult<IReadOnlyList<Candle>>> CandlesAsync(
        string exchange,
        string symbol,
        string interval,
        int count,
        DateTime? since,
        CancellationToken cancellationToken
    ) =>
        call.AskAsync(
            "/candles",
            accounts.Question(exchange) with
            {
                Symbol = symbol,
                Interval = interval,
                Count = count,
                Since = since is { } from ? new DateTimeOffset(from).ToUnixTimeMilliseconds() : null,
            },
            writes: false,
            Candles,
            cancellationToken
        );

    private IReadOnlyList<Ticker> Tickers(CcxtReply answer) =>
        [
            .. (answer.Tickers ?? throw new FormatException("No prices."))
                .Select(t => CcxtViews.Ticker(t, time.GetUtcNow().UtcDateTime))
                .OfType<Ticker>(),
        ];

    private static IReadOnlyList<Candle> Candles(CcxtReply answer) =>
        [.. (answer.Candles ?? throw new FormatException("No candles.")).Select(CcxtViews.Candle).OfType<Candle>().OrderBy(c => c.At)];
}
