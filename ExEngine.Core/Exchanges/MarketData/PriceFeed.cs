using System.Collections.Concurrent;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Exchanges.Paper;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>
/// The last price of every symbol that someone looks at, for pages, planners and paper accounts: simulated ones of the
/// built-in exchange, live ones of all others. Only watched symbols are kept fresh. Thread-safe.
/// </summary>
public sealed class PriceFeed(CcxtPrices live, IOptions<PaperOptions> options, TimeProvider time)
{
    /// <summary>
    /// How old a price may be that an order is sized by, or that sells something: a watched symbol is asked for every second, and one
    /// answer that is late does not make anybody ask again.
    /// </summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Exchange, string Symbol), PriceSlot> _slots = new();

    /// <summary>A price that is older than this is no longer one to trade on.</summary>
    public static TimeSpan StaleAfter { get; } = TimeSpan.FromSeconds(15);

    public SimulatedPrices Simulated { get; } = new(options.Value.Seed);

    /// <summary>Symbols that someone watches now.</summary>
    public IEnumerable<(string Exchange, string Symbol)> Watched => _slots.Where(s => s.Value.IsWatched).Select(s => s.Key);

    /// <summary>What is known now, without asking anybody; null when nothing is. It may be old: see <see cref="AgeOf"/>.</summary>
    public Ticker? Last(string exchange, string symbol) =>
        exchange == ExchangeInfo.Paper
            ? Simulated.At(symbol, time.GetUtcNow().UtcDateTime)
            : _slots.GetValueOrDefault((exchange, symbol))?.Heard?.Ticker;

    /// <summary>How long ago the last price was heard; null when none was.</summary>
    public TimeSpan? AgeOf(string exchange, string symbol) =>
        exchange == ExchangeInfo.Paper ? TimeSpan.Zero
        : _slots.GetValueOrDefault((exchange, symbol))?.Heard is { } heard ? time.GetElapsedTime(heard.At)
        : null;

    /// <summary>Whether what <see cref="Last"/> tells is too old to trade on, or nothing.</summary>
    public bool IsStale(string exchange, string symbol) => AgeOf(exchange, symbol) is not { } age || age > StaleAfter;

    /// <summary>
    /// The last price that is in memory and not stale, dated by when it was heard; null when there is none, without asking anybody.
    /// </summary>
    public Ticker? AtHand(string exchange, string symbol) =>
        IsStale(exchange, symbol) || Last(exchange, symbol) is not { } last
            ? null
            : last with
            {
                At = time.GetUtcNow().UtcDateTime - (AgeOf(exchange, symbol) ?? TimeSpan.Zero),
            };

    /// <summary>As <see cref="AtHand"/>, and young enough to trade by: see <see cref="FreshFor"/>.</summary>
    public Ticker? Fresh(string exchange, string symbol) => AgeOf(exchange, symbol) <= FreshFor ? AtHand(exchange, symbol) : null;

    /// <summary>A price of now, asked for when there is none; null when the exchange does not tell one within 5 s.</summary>
    public async ValueTask<Ticker?> GetAsync(string exchange, string symbol, CancellationToken cancellationToken)
    {
        if (exchange != ExchangeInfo.Paper && !(AgeOf(exchange, symbol) < FreshFor))
        {
            await SharedAsync(exchange, symbol, () => FetchAsync(exchange, [symbol]), cancellationToken);
        }

        return IsStale(exchange, symbol) ? null : Last(exchange, symbol);
    }

    /// <summary>
    /// Asks for a price whatever is known, and waits for nothing: it is told to those who watch the symbol, and is at hand afterwards. For
    /// who needs one that was heard after something happened.
    /// </summary>
    public void Ask(string exchange, string symbol)
    {
        if (exchange != ExchangeInfo.Paper)
        {
            _ = SlotOf(exchange, symbol).FetchOnce(() => FetchAsync(exchange, [symbol]));
        }
    }

    /// <summary>
    /// Prices of now, by symbol; those that are not fresh are asked for in one question where the exchange offers that. A symbol
    /// without a price within 5 s is left out.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, Ticker>> GetAsync(
        string exchange,
        IReadOnlyCollection<string> symbols,
        CancellationToken cancellationToken
    )
    {
        var old = exchange == ExchangeInfo.Paper ? [] : symbols.Where(s => !(AgeOf(exchange, s) < FreshFor)).ToArray();
        var question = new Lazy<Task>(() => FetchAsync(exchange, old));
        await Task.WhenAll(old.Select(s => SharedAsync(exchange, s, () => question.Value, cancellationToken)));
        return symbols
            .Where(s => !IsStale(exchange, s))
            .Distinct()
            .Select(s => Last(exchange, s))
            .OfType<Ticker>()
            .ToDictionary(t => t.Symbol);
    }

    /// <summary>
    /// From now on every change of the price is told, until the result is disposed. Handlers run one after the other, must
    /// only take note, and may hear the same price again.
    /// </summary>
    public IDisposable Watch(string exchange, string symbol, Action<Ticker> handler) => SlotOf(exchange, symbol).Add(handler);

    /// <summary>Takes down what an exchange told, and passes it on.</summary>
    public void Put(string exchange, Ticker ticker) => SlotOf(exchange, ticker.Symbol).Hear(ticker, time.GetTimestamp());

    /// <summary>Passes on the simulated prices that changed.</summary>
    internal void PutSimulated()
    {
        foreach (var (exchange, symbol) in Watched)
        {
            if (exchange == ExchangeInfo.Paper && Last(exchange, symbol) is { } ticker)
            {
                Put(exchange, ticker);
            }
        }
    }

    private PriceSlot SlotOf(string exchange, string symbol) => _slots.GetOrAdd((exchange, symbol), static _ => new PriceSlot());

    // Callers share one question, which none of them can cancel.
    private async Task SharedAsync(string exchange, string symbol, Func<Task> fetch, CancellationToken cancellationToken)
    {
        try
        {
            await SlotOf(exchange, symbol).FetchOnce(fetch).WaitAsync(Timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What is known, if it is not too old, is the answer.
        }
    }

    private async Task FetchAsync(string exchange, IReadOnlyList<string> symbols)
    {
        foreach (var ticker in (await live.TickersAsync(exchange, symbols, CancellationToken.None)).Value ?? [])
        {
            Put(exchange, ticker);
        }
    }
}
