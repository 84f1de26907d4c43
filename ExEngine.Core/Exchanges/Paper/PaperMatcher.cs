using System.Collections.Concurrent;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Hosting;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>
/// Fills resting paper orders as prices come. Every instance looks after all of them, and the account's ledger lets one
/// fill each; orders are found again after a restart, and meet the simulated prices that they missed.
/// </summary>
public sealed class PaperMatcher : BackgroundService
{
    // Orders of this instance come through this instance; those that an instance left behind can wait this long.
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Twenty minutes of prices one by one; a longer gap is walked in this many steps.
    private const int MaxPath = 5_000;

    private readonly Dictionary<(string Exchange, string Symbol), RestingOrders> _books = [];
    private readonly ConcurrentQueue<PaperOrder> _rested = new();
    private readonly WakeSignal _wake;
    private readonly PaperVenue _venue;
    private readonly PriceFeed _prices;
    private readonly MarketCatalog _markets;
    private readonly IDbContextFactory<AppDb> _databases;
    private readonly IOptions<PaperOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PaperMatcher> _logger;
    private DateTime _readAt = DateTime.MinValue;

    public PaperMatcher(
        PaperVenue venue,
        PriceFeed prices,
        MarketCatalog markets,
        IDbContextFactory<AppDb> databases,
        IOptions<PaperOptions> options,
        TimeProvider time,
        ILogger<PaperMatcher> logger
    )
    {
        (_venue, _prices, _markets, _databases, _options, _time, _logger) = (venue, prices, markets, databases, options, time, logger);
        _wake = new WakeSignal(time);
        venue.Rested += TakeNote;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(Pause, stoppingToken);
                await TryPassAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    /// <summary>Has every open order meet the prices that came since it last did. One pass at a time.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        if (_time.GetUtcNow().UtcDateTime - _readAt >= ReadEvery)
        {
            await ReadAsync(cancellationToken);
        }

        while (_rested.TryDequeue(out var order))
        {
            BookOf((order.Exchange, order.Symbol)).Add(order);
        }

        foreach (var (key, book) in _books.ToList())
        {
            await MeetAsync(key.Exchange, key.Symbol, book, cancellationToken);
            if (book.IsEmpty)
            {
                book.Dispose();
                _books.Remove(key);
            }
        }
    }

    public override void Dispose()
    {
        _venue.Rested -= TakeNote;
        foreach (var book in _books.Values)
        {
            book.Dispose();
        }

        base.Dispose();
    }

    private async Task TryPassAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PassAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            _logger.LogWarning("Paper orders could not be matched: {Reason}; trying again", e.Message);
        }
    }

    private void TakeNote(PaperOrder order)
    {
        _rested.Enqueue(order);
        _wake.Set();
    }

    private RestingOrders BookOf((string Exchange, string Symbol) key)
    {
        if (!_books.TryGetValue(key, out var book))
        {
            _books.Add(key, book = new RestingOrders(_prices.Watch(key.Exchange, key.Symbol, _ => _wake.Set())));
        }

        return book;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await _databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.PaperOrders.AsNoTracking().Where(o => o.Status == ExchangeOrderStatus.Open).ToListAsync(cancellationToken);
        var open = rows.ToLookup(o => (o.Exchange, o.Symbol));
        foreach (var key in open.Select(g => g.Key).Union(_books.Keys).ToList())
        {
            BookOf(key).Replace([.. open[key]]);
        }

        _readAt = _time.GetUtcNow().UtcDateTime;
    }

    private async Task MeetAsync(string exchange, string symbol, RestingOrders book, CancellationToken cancellationToken)
    {
        if (
            book.IsEmpty
            || await _markets.FindAsync(exchange, cancellationToken) is not { } all
            || all.Resolve(symbol).Market is not { } market
        )
        {
            return;
        }

        var path = PathOf(market, exchange, book.MetUntil);
        if (path.Count == 0)
        {
            return;
        }

        var failed = new HashSet<Guid>();
        foreach (var account in book.Touched(path))
        {
            var left = await _venue.MatchAsync(account, market, path);
            if (left.IsDone)
            {
                book.Replace(account, left.Value!);
            }
            else
            {
                failed.Add(account);
                _logger.LogWarning(
                    "Paper orders of account {Account} could not be matched: {Reason}; trying again",
                    account,
                    left.Fault.Message
                );
            }
        }

        book.Meet(path[^1].At, failed);
    }

    // Simulated prices can be looked up for any moment; of live ones there is the last.
    private List<PaperTick> PathOf(Market market, string exchange, DateTime since)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (exchange == ExchangeInfo.Paper)
        {
            return [.. _prices.Simulated.Path(market.Symbol, since, now, MaxPath).Select(t => Tick(t, t.At))];
        }

        return _prices.Last(exchange, market.Symbol) is { } last && !_prices.IsStale(exchange, market.Symbol) ? [Tick(last, now)] : [];

        PaperTick Tick(Ticker ticker, DateTime at) => new(at, PaperQuote.Of(ticker, market, _options.Value.HalfSpread));
    }
}
