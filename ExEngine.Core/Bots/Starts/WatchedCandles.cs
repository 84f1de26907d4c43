using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Bots.Starts;

/// <summary>The candles of one key of <see cref="CandleWatch"/> and the task that asks for them.</summary>
internal sealed class WatchedCandles(CandleKey key, CandleFeed feed, TimeProvider time, ILogger log)
{
    private const int Page = 500;
    private static readonly TimeSpan Unwatched = TimeSpan.FromMinutes(3);
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    /// <summary>After a close the exchange needs a moment.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(700);

    /// <summary>Without a later candle one counts as over so long after its close: the exchange's clock may be behind ours.</summary>
    private static readonly TimeSpan ForSure = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly WakeSignal _wake = new(time);
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CandleCloses? _closes;
    private string? _problem;
    private DateTime _askedAt;
    private int _wanted;

    // How many were asked for last; for how many, and at which close, all of them were read. Only the task touches these.
    private int _tried;
    private int _read;
    private DateTime _readAt;
    private bool _isRunning;
    private bool _isOver;

    /// <summary>Completes when the exchange has answered once, whatever it did.</summary>
    public Task First => _first.Task;

    public CandleView View
    {
        get
        {
            lock (_lock)
            {
                return new(_closes, _problem);
            }
        }
    }

    /// <returns>False when it was let go: another is to be made.</returns>
    public bool Ask(int count, Action<CandleKey> tell, CancellationToken stopping)
    {
        lock (_lock)
        {
            _askedAt = Now;
            if (_isOver)
            {
                return false;
            }

            if (count > _wanted)
            {
                _wanted = count;
                _wake.Set();
            }

            if (!_isRunning)
            {
                _isRunning = true;
                _ = Task.Run(() => RunAsync(tell, stopping), CancellationToken.None);
            }

            return true;
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task RunAsync(Action<CandleKey> tell, CancellationToken stopping)
    {
        var failures = 0;
        try
        {
            while (!IsLetGo())
            {
                var (before, problem) = (View.Closes, await ReadAsync(stopping));
                var (after, begin) = (View.Closes, CandleSizes.Begin(Now, key.Size));
                var isThere = problem is null && after?.LastEnd >= begin;
                failures = isThere ? 0 : failures + 1;
                bool isNew;
                lock (_lock)
                {
                    isNew = after != before || problem != _problem || !_first.Task.IsCompleted;
                    _problem = problem;
                }

                _first.TrySetResult();
                if (isNew)
                {
                    tell(key);
                }

                var next = begin + key.Size + Moment - Now;
                var pause = Pauses.ForAttempt(failures);
                await WaitAsync(isThere || next < pause ? next : pause, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private async Task WaitAsync(TimeSpan longest, CancellationToken stopping)
    {
        // In steps, so that it notices when nobody looks any more.
        var until = Now + longest;
        while (until - Now is { Ticks: > 0 } left && Wanted <= _tried && Now - AskedAt < Unwatched)
        {
            await _wake.WaitAsync(left < Unwatched ? left : Unwatched, stopping);
        }
    }

    private bool IsLetGo()
    {
        lock (_lock)
        {
            return _isOver = Now - _askedAt >= Unwatched;
        }
    }

    private int Wanted
    {
        get
        {
            lock (_lock)
            {
                return _wanted;
            }
        }
    }

    private DateTime AskedAt
    {
        get
        {
            lock (_lock)
            {
                return _askedAt;
            }
        }
    }

    /// <returns>Why there are none newer; null when the exchange has answered.</returns>
    private async Task<string?> ReadAsync(CancellationToken stopping)
    {
        var (known, wanted, now) = (View.Closes, Wanted, Now);
        _tried = wanted;
        var begin = CandleSizes.Begin(now, key.Size);
        var start = begin - (wanted * key.Size);

        // What is incomplete is read anew, once after each close: what was missing may have come.
        var isWhole =
            known is { Count: > 0 }
            && known.LastEnd >= start
            && _read >= wanted
            && (_readAt == begin || known.Missing(known.Count, Math.Min(known.Count, wanted)) == 0);
        var from = isWhole ? known!.LastEnd!.Value : start;
        if (isWhole && from + key.Size > now)
        {
            return null;
        }

        try
        {
            var (candles, problem) = await LoadAsync(from, now, stopping);
            if (candles.Count > 0)
            {
                var read = CandleCloses.Of(key.Size, candles);
                lock (_lock)
                {
                    _closes = isWhole ? known!.With(read, wanted) : read;
                }
            }

            (_read, _readAt) = isWhole || problem is not null ? (_read, _readAt) : (wanted, begin);
            return problem;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is, the others' candles and this one's next try go on.
            log.LogWarning(e, "{Exchange}: the {Size} candles of {Symbol} could not be read", key.Exchange, key.Size, key.Symbol);
            return "they cannot be read now";
        }
    }

    private async Task<(IReadOnlyList<Candle> Candles, string? Problem)> LoadAsync(DateTime from, DateTime now, CancellationToken stopping)
    {
        List<Candle> all = [];
        var next = from;
        while (next <= now)
        {
            var answer = await PageAsync(next, now, stopping);
            if (!answer.IsDone)
            {
                return ([], $"{key.Exchange} does not give them: {answer.Fault.Message}");
            }

            var page = answer.Value!.Where(c => c.At >= next).ToList();
            all.AddRange(page);

            // Nothing at all may be a time before the market was there.
            next = page.Count > 0 ? page[^1].At + key.Size : next + (Page * key.Size);
        }

        var isOver = all.Select((c, i) => c.At + key.Size <= now && (i < all.Count - 1 || c.At + key.Size + ForSure <= now)).ToList();
        return ([.. all.Where((_, i) => isOver[i])], null);
    }

    private Task<ExchangeResult<IReadOnlyList<Candle>>> PageAsync(DateTime from, DateTime now, CancellationToken stopping)
    {
        if (key.Exchange != ExchangeInfo.Paper)
        {
            return feed.SinceAsync(key.Exchange, key.Symbol, key.Size, from, Page, stopping);
        }

        var count = ((CandleSizes.Begin(now, key.Size) - from).Ticks / key.Size.Ticks) + 2;
        return feed.ListAsync(key.Exchange, key.Symbol, key.Size, int.Min((int)count, 10_000), stopping);
    }
}
