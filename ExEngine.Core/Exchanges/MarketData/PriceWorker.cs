using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Exchanges.Paper;
using ExEngine.Core.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>
/// Keeps the prices fresh that someone watches: simulated ones four times per second, live ones once per second with one
/// question per exchange. An exchange that does not answer is asked less often.
/// </summary>
internal sealed class PriceWorker(PriceFeed feed, CcxtPrices live, MarketCatalog markets, TimeProvider time, ILogger<PriceWorker> logger)
    : BackgroundService
{
    private static readonly Backoff Polling = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Poll> _polls = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(SimulatedPrices.Step, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                feed.PutSimulated();
                PollDue(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private void PollDue(CancellationToken stoppingToken)
    {
        foreach (var exchange in feed.Watched.Where(w => w.Exchange != ExchangeInfo.Paper).GroupBy(w => w.Exchange, w => w.Symbol))
        {
            if (!_polls.TryGetValue(exchange.Key, out var poll))
            {
                _polls.Add(exchange.Key, poll = new Poll());
            }

            if (poll.Running.IsCompleted && time.GetTimestamp() >= poll.Due)
            {
                poll.Running = PollAsync(exchange.Key, [.. exchange], poll, stoppingToken);
            }
        }
    }

    private async Task PollAsync(string exchange, string[] symbols, Poll poll, CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            // One symbol that the exchange does not have would spoil the answer for all.
            var book = await markets.FindAsync(exchange, either.Token);
            string[] known = [.. symbols.Where(s => book?.Resolve(s).Market?.Symbol == s)];
            var answer =
                known.Length > 0 ? await live.TickersAsync(exchange, known, either.Token) : ExchangeResult.Done<IReadOnlyList<Ticker>>([]);
            foreach (var ticker in answer.Value ?? [])
            {
                feed.Put(exchange, ticker);
            }

            Next(exchange, poll, answer.Fault?.Message);
        }
        catch (OperationCanceledException)
        {
            Next(exchange, poll, $"no answer within {Timeout.TotalSeconds} s");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Next(exchange, poll, e.Message);
        }
    }

    private void Next(string exchange, Poll poll, string? failure)
    {
        if (failure is not null && poll.Failures == 0)
        {
            logger.LogWarning("{Exchange} does not tell its prices: {Reason}", exchange, failure);
        }

        poll.Failures = failure is null ? 0 : poll.Failures + 1;
        poll.Due = time.GetTimestamp() + (long)(Polling.ForAttempt(poll.Failures + 1).TotalSeconds * time.TimestampFrequency);
    }

    private sealed class Poll
    {
        public Task Running { get; set; } = Task.CompletedTask;

        /// <summary>In a row.</summary>
        public int Failures { get; set; }

        /// <summary>A timestamp of <see cref="TimeProvider"/>.</summary>
        public long Due { get; set; }
    }
}
