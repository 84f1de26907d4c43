using System.Collections.Concurrent;

namespace ExEngine.Core.RateLimits;

/// <summary>The limiter of one process: the instants of the last permits of each key, in a ring. Thread-safe.</summary>
public sealed class LocalRateLimiter(TimeProvider time) : RateLimiter
{
    private readonly ConcurrentDictionary<string, Ring> _rings = new();
    private long _acquired;

    public override ValueTask<RateDecision> AcquireAsync(string key, int permits, TimeSpan window, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Acquire(key, permits, window));

    public override ValueTask ReturnAsync(string key, CancellationToken cancellationToken)
    {
        Return(key);
        return ValueTask.CompletedTask;
    }

    public void Return(string key)
    {
        if (_rings.TryGetValue(key, out var ring))
        {
            ring.Return();
        }
    }

    public RateDecision Acquire(string key, int permits, TimeSpan window)
    {
        var now = time.GetTimestamp();
        if (Interlocked.Increment(ref _acquired) % 4096 == 0)
        {
            ForgetIdle(now);
        }

        return _rings.GetOrAdd(key, _ => new Ring()).Acquire(now, permits, window, time);
    }

    // A key that is dropped while someone else still holds its ring loses at most that one permit's memory.
    private void ForgetIdle(long now)
    {
        foreach (var (key, ring) in _rings)
        {
            if (ring.IdleSince(now, time))
            {
                _rings.TryRemove(KeyValuePair.Create(key, ring));
            }
        }
    }

    private sealed class Ring
    {
        private readonly LinkedList<long> _taken = new();
        private TimeSpan _window;

        public RateDecision Acquire(long now, int permits, TimeSpan window, TimeProvider time)
        {
            lock (_taken)
            {
                _window = window;
                while (_taken.First is { } oldest && time.GetElapsedTime(oldest.Value, now) >= window)
                {
                    _taken.RemoveFirst();
                }

                if (_taken.Count >= permits)
                {
                    return new RateDecision(false, window - time.GetElapsedTime(_taken.ElementAt(_taken.Count - permits), now));
                }

                _taken.AddLast(now);
                return new RateDecision(true, TimeSpan.Zero);
            }
        }

        public void Return()
        {
            lock (_taken)
            {
                if (_taken.Last is { } newest)
                {
                    _taken.Remove(newest);
                }
            }
        }

        public bool IdleSince(long now, TimeProvider time)
        {
            lock (_taken)
            {
                return _taken.Last is not { } newest || time.GetElapsedTime(newest.Value, now) >= _window;
            }
        }
    }
}
