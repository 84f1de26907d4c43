using System.Collections.Concurrent;
using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Exchanges.MarketData;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Bots.Starts;

/// <summary>
/// Candles that are over, kept up to date beside everything else: asked for once for each exchange, symbol and size however many bots
/// look at them, after each close, and with a growing pause while they do not come. What nobody looks at for a while is let go.
/// Nobody waits for an exchange here: what is known is answered at once. Thread-safe.
/// </summary>
public sealed class CandleWatch(CandleFeed feed, TimeProvider time, ILogger<CandleWatch> log) : IDisposable
{
    private readonly ConcurrentDictionary<CandleKey, WatchedCandles> _watched = new();
    private readonly ConcurrentDictionary<object, (string Exchange, Action Wake)> _listeners = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _version;

    /// <summary>It grows whenever any answer changes by itself.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <param name="count">Of closes that are wanted.</param>
    public CandleView Of(CandleKey key, int count)
    {
        while (true)
        {
            var watched = _watched.GetOrAdd(key, k => new WatchedCandles(k, feed, time, log));
            if (watched.Ask(count, Tell, _stopping.Token))
            {
                return watched.View;
            }

            // It was let go in this moment.
            _watched.TryRemove(new(key, watched));
        }
    }

    /// <summary>As <see cref="Of"/>, when they have been asked for once, or after so long.</summary>
    public async Task<CandleView> ReadAsync(CandleKey key, int count, TimeSpan longest, CancellationToken cancellationToken)
    {
        var view = Of(key, count);
        if (view.Closes is not null || view.Problem is not null || !_watched.TryGetValue(key, out var watched))
        {
            return view;
        }

        try
        {
            await watched.First.WaitAsync(longest, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What is known says that nothing is.
        }

        return watched.View;
    }

    /// <summary>Wakes whenever candles of an exchange have come, until it is disposed.</summary>
    public IDisposable Watch(string exchange, Action wake)
    {
        var listener = new Listener(this);
        _listeners[listener] = (exchange, wake);
        return listener;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void Tell(CandleKey key)
    {
        Interlocked.Increment(ref _version);
        foreach (var (exchange, wake) in _listeners.Values)
        {
            if (exchange == key.Exchange)
            {
                wake();
            }
        }
    }

    private sealed class Listener(CandleWatch watch) : IDisposable
    {
        public void Dispose() => watch._listeners.TryRemove(this, out _);
    }
}

/// <summary>Whose candles, of which size.</summary>
public readonly record struct CandleKey(string Exchange, string Symbol, TimeSpan Size);
