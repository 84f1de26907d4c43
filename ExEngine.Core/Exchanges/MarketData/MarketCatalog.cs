using System.Collections.Concurrent;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Markets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>
/// The rules of every exchange's markets: memory first, then the database, then the gateway. Rules that are overdue are
/// still served while they are fetched in the background, and marked as stale once that failed. Kinds of market that the
/// exchange did not answer for keep the rules they had, and are asked for again soon.
/// </summary>
public sealed class MarketCatalog(
    GatewayClient gateway,
    MarketSnapshotStore shelf,
    ExchangeDirectory exchanges,
    TimeProvider time,
    IOptions<MarketOptions> options,
    ILogger<MarketCatalog> logger
)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly MarketSet _paper = new(ExchangeInfo.Paper, PaperMarkets.All, time.GetUtcNow().UtcDateTime, false);

    /// <summary>
    /// Null when the exchange is unknown, or its rules were never fetched and cannot be now. Answers at once, without
    /// allocating, when the rules are in memory; callers that must wait share one
    /// fetch, and wait no longer than until there are any rules, be it old ones from the database.
    /// </summary>
    public ValueTask<MarketSet?> FindAsync(string exchange, CancellationToken cancellationToken)
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
            return new(entry.Markets);
        }

        var refresh = Refresh(entry);
        return entry.Markets is { } marketSet ? new(marketSet) : new(WaitAsync(entry, refresh, cancellationToken));
    }

    /// <summary>The rules that are in memory, however old, without asking anybody; null when there are none.</summary>
    public MarketSet? Known(string exchange) => exchange == ExchangeInfo.Paper ? _paper : _entries.GetValueOrDefault(exchange)?.Markets;

    /// <summary>Why the last fetch failed, in one line without secrets; null when it did not.</summary>
    public string? FailureOf(string exchange) => _entries.GetValueOrDefault(exchange)?.Failure;

    /// <summary>Fetches what is overdue of the exchanges that are in use; returns when all of that has ended.</summary>
    public Task RefreshDueAsync()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return Task.WhenAll(_entries.Values.Where(e => e.Markets is not null && now >= e.Due).Select(Refresh));
    }

    private static async Task<MarketSet?> WaitAsync(Entry entry, Task refresh, CancellationToken cancellationToken)
    {
        await Task.WhenAny(refresh, entry.First).WaitAsync(cancellationToken);
        return entry.Markets;
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
        var marketSet = await ReadSnapshotAsync(entry);
        var now = time.GetUtcNow().UtcDateTime;
        if (marketSet is not null)
        {
            marketSet = marketSet.CompletedBy(entry.Markets);
            entry.Markets = now - marketSet.FetchedAt < maxAge ? marketSet : marketSet.AsStale();
        }

        if (entry.Markets is { } young && now < DueOf(young))
        {
            entry.Due = DueOf(young);
            return;
        }

        try
        {
            var fetched = await FetchAsync(entry.Exchange, entry.Markets);

            // The markets last: whoever waits goes on as soon as it is there.
            entry.Failure = fetched.Missing is { Count: > 0 } missing
                ? $"the exchange did not answer for {string.Join(", ", missing)}"
                : null;
            entry.Due = DueOf(fetched);
            entry.Markets = fetched;
        }
        catch (Exception e)
        {
            entry.Failure = e is GatewayException known ? $"{known.Code}: {known.Message}" : e.Message;
            logger.LogWarning("The rules of {Exchange} could not be fetched: {Reason}", entry.Exchange, entry.Failure);
            entry.Markets = entry.Markets?.AsStale();
            entry.Due = time.GetUtcNow().UtcDateTime + options.Value.RetryAfter;
        }
    }

    // Another instance may have fetched them meanwhile.
    private async Task<MarketSet?> ReadSnapshotAsync(Entry entry)
    {
        try
        {
            return await shelf.ReadAsync(entry.Exchange, entry.Markets?.FetchedAt, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogWarning("The stored rules of {Exchange} could not be read: {Reason}", entry.Exchange, e.Message);
            return null;
        }
    }

    private async Task<MarketSet> FetchAsync(string exchange, MarketSet? known)
    {
        var json = await gateway.MarketsAsync(exchange, CancellationToken.None);
        var rules = CcxtMarketParser.Parse(json);
        var answer = new MarketSet(exchange, rules.Markets, Now(), false) { Missing = rules.Missing };
        var marketSet = answer.CompletedBy(known);
        if (marketSet.Markets.Count == 0 && known is { Markets.Count: > 0 })
        {
            throw new InvalidDataException("the answer has no markets");
        }

        // Without its spot markets a plain BTCUSDT would name the perpetual.
        if (marketSet.Missing.Contains("spot") && marketSet.Markets.All(m => m.Kind != "spot"))
        {
            throw new InvalidDataException("the exchange did not answer for spot");
        }

        if (marketSet.Missing.Count > 0 && known is not { Missing.Count: > 0 })
        {
            logger.LogWarning("{Exchange} did not answer for {Kinds}", exchange, string.Join(", ", marketSet.Missing));
        }

        // The database keeps answers as they came: one that had to be completed must not replace the one that has it all.
        if (marketSet == answer)
        {
            await KeepAsync(marketSet, json);
        }

        return marketSet;
    }

    private async Task KeepAsync(MarketSet marketSet, string json)
    {
        try
        {
            await shelf.KeepAsync(marketSet, json, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogWarning("The rules of {Exchange} could not be stored: {Reason}", marketSet.Exchange, e.Message);
        }
    }

    private DateTime DueOf(MarketSet marketSet)
    {
        var (maxAge, retry) = (options.Value.MaxAge, options.Value.RetryAfter);
        return marketSet.FetchedAt + (marketSet.Missing.Count > 0 && retry < maxAge ? retry : maxAge);
    }

    // Both databases keep microseconds; what memory says must be what the row says.
    private DateTime Now()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private sealed class Entry(string exchange)
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _due;
        private volatile MarketSet? _book;

        public string Exchange => exchange;

        public MarketSet? Markets
        {
            get => _book;
            set
            {
                _book = value;
                if (value is not null)
                {
                    _first.TrySetResult();
                }
            }
        }

        /// <summary>Ends when there are rules.</summary>
        public Task First => _first.Task;

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
