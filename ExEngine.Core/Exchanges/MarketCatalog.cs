using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using System.Collections.Concurrent;

namespace ExEngine.Core.Exchanges;

/// <summary>
/// The rules of every exchange's markets: memory first, then the database, then the gateway. Rules that are overdue are
/// still served while they are fetched in the background, and marked as stale once that failed.
/// </summary>
public sealed class MarketCatalog(
    GatewayClient gateway, MarketShelf shelf, ExchangeDirectory exchanges, TimeProvider time, IOptions<MarketOptions> options,
    ILogger<MarketCatalog> logger)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly MarketBook _paper = new(ExchangeInfo.Paper, PaperMarkets.All, time.GetUtcNow().UtcDateTime, false);

    /// <summary>
    /// Null when the exchange is unknown, or its rules were never fetched and cannot be now. Answers at once, without
    /// allocating, when the rules are in memory; callers that must wait share one fetch.
    /// </summary>
    public ValueTask<MarketBook?> FindAsync(string exchange, CancellationToken cancellationToken)
    {
        if (exchange == ExchangeInfo.Paper)
        {
            return new(_paper);
        }

        if (!_entries.TryGetValue(exchange, out var entry))
        {
            if (!exchanges.Knows(exchange))
            {
                return default;
            }

            entry = _entries.GetOrAdd(exchange, static id => new Entry(id));
        }

        if (time.GetUtcNow().UtcDateTime < entry.Due)
        {
            return new(entry.Book);
        }

        var refresh = Refresh(entry);
        return entry.Book is { } book ? new(book) : new(WaitAsync(entry, refresh, cancellationToken));
    }

    /// <summary>Why the last fetch failed, in one line without secrets; null when it did not.</summary>
    public string? FailureOf(string exchange) => _entries.GetValueOrDefault(exchange)?.Failure;

    /// <summary>Fetches what is overdue of the exchanges that are in use; returns when all of that has ended.</summary>
    public Task RefreshDueAsync()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return Task.WhenAll(_entries.Values.Where(e => e.Book is not null && now >= e.Due).Select(Refresh));
    }

    private static async Task<MarketBook?> WaitAsync(Entry entry, Task refresh, CancellationToken cancellationToken)
    {
        await refresh.WaitAsync(cancellationToken);
        return entry.Book;
    }

    // One at a time for an exchange, and for all who wait: none of them can cancel it.
    private Task Refresh(Entry entry)
    {
        lock (entry)
        {
            if (entry.Refreshing is not { IsCompleted: false } && time.GetUtcNow().UtcDateTime >= entry.Due)
            {
                entry.Refreshing = Task.Run(() => RefreshAsync(entry));
            }

            return entry.Refreshing ?? Task.CompletedTask;
        }
    }

    private async Task RefreshAsync(Entry entry)
    {
        var maxAge = options.Value.MaxAge;
        var book = await ReadShelfAsync(entry);
        var now = time.GetUtcNow().UtcDateTime;
        if (book is not null)
        {
            entry.Book = now - book.FetchedAt < maxAge ? book : book.AsStale();
        }

        if (entry.Book is { } young && now - young.FetchedAt < maxAge)
        {
            entry.Due = young.FetchedAt + maxAge;
            return;
        }

        try
        {
            entry.Book = await FetchAsync(entry.Exchange, entry.Book);
            entry.Due = entry.Book.FetchedAt + maxAge;
            entry.Failure = null;
        }
        catch (Exception e)
        {
            entry.Failure = e is GatewayException known ? $"{known.Code}: {known.Message}" : e.Message;
            logger.LogWarning("The rules of {Exchange} could not be fetched: {Reason}", entry.Exchange, entry.Failure);
            entry.Book = entry.Book?.AsStale();
            entry.Due = time.GetUtcNow().UtcDateTime + options.Value.RetryAfter;
        }
    }

    // Another instance may have fetched them meanwhile.
    private async Task<MarketBook?> ReadShelfAsync(Entry entry)
    {
        try
        {
            return await shelf.ReadAsync(entry.Exchange, entry.Book?.FetchedAt, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogWarning("The stored rules of {Exchange} could not be read: {Reason}", entry.Exchange, e.Message);
            return null;
        }
    }

    private async Task<MarketBook> FetchAsync(string exchange, MarketBook? known)
    {
        var json = await gateway.MarketsAsync(exchange, CancellationToken.None);
        var book = new MarketBook(exchange, CcxtMarketParser.Parse(json), Now(), false);
        if (Lost(known, book) is { } kind)
        {
            throw new InvalidDataException($"the answer lacks all {kind} markets");
        }

        try
        {
            await shelf.KeepAsync(book, json, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogWarning("The rules of {Exchange} could not be stored: {Reason}", exchange, e.Message);
        }

        return book;
    }

    // An exchange that answers for spot but not for futures at the moment has not closed all its futures.
    private static string? Lost(MarketBook? known, MarketBook book) =>
        known?.Markets.Select(m => m.Kind).Except(book.Markets.Select(m => m.Kind)).FirstOrDefault();

    // Both databases keep microseconds; what memory says must be what the row says.
    private DateTime Now()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private sealed class Entry(string exchange)
    {
        private long _due;
        private volatile MarketBook? _book;

        public string Exchange => exchange;

        public MarketBook? Book
        {
            get => _book;
            set => _book = value;
        }

        /// <summary>UTC instant from which on the rules are to be fetched.</summary>
        public DateTime Due
        {
            get => new(Volatile.Read(ref _due), DateTimeKind.Utc);
            set => Volatile.Write(ref _due, value.Ticks);
        }

        public string? Failure { get; set; }
        public Task? Refreshing { get; set; }
    }
}
