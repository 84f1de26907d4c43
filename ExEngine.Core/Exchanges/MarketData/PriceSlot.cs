namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>One symbol's last price and who wants to hear of it.</summary>
internal sealed class PriceSlot
{
    private readonly Lock _lock = new();
    private Watcher[] _watchers = [];
    private Task _fetch = Task.CompletedTask;

    /// <summary>The price, and the timestamp at which it came; replaced as a whole.</summary>
    public HeardPrice? Heard { get; private set; }

    public bool IsWatched => _watchers.Length > 0;

    public void Hear(Ticker ticker, long timestamp)
    {
        var isNew = Heard?.Ticker != ticker;
        Heard = new(ticker, timestamp);
        foreach (var watcher in isNew ? _watchers : [])
        {
            watcher.Handler(ticker);
        }
    }

    /// <summary>The question that is under way, or a new one.</summary>
    public Task FetchOnce(Func<Task> fetch)
    {
        lock (_lock)
        {
            return _fetch.IsCompleted ? _fetch = fetch() : _fetch;
        }
    }

    public IDisposable Add(Action<Ticker> handler)
    {
        var watcher = new Watcher(this, handler);
        lock (_lock)
        {
            _watchers = [.. _watchers, watcher];
        }

        return watcher;
    }

    private void Remove(Watcher watcher)
    {
        lock (_lock)
        {
            _watchers = [.. _watchers.Where(w => w != watcher)];
        }
    }

    private sealed class Watcher(PriceSlot slot, Action<Ticker> handler) : IDisposable
    {
        public Action<Ticker> Handler => handler;

        public void Dispose() => slot.Remove(this);
    }
}

/// <param name="At">A timestamp of <see cref="TimeProvider"/>.</param>
internal sealed record HeardPrice(Ticker Ticker, long At);
