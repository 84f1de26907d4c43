using System.Collections.Concurrent;

namespace ExEngine.Core.Events;

/// <summary>
/// In-process publish and subscribe of <see cref="ChangeEvent"/>s, per user. A hint, never the truth: losing one loses
/// nothing. Handlers run on the publisher's thread and must only take note and return. Thread-safe.
/// </summary>
public sealed class ChangeFeed
{
    private readonly ConcurrentDictionary<Guid, Subscription[]> _byUser = new();
    private readonly Lock _lock = new();

    /// <summary>Hears every event that this process published, whoever's it is; <c>RedisRelay</c> passes them on.</summary>
    public event Action<ChangeEvent>? Published;

    /// <summary>Hears every event, from here and from other instances: for caches that drop what changed.</summary>
    public event Action<ChangeEvent>? Heard;

    public void Publish(ChangeEvent e)
    {
        Published?.Invoke(e);
        Deliver(e);
    }

    /// <summary>Hands an event that another instance published to the subscribers here.</summary>
    public void Deliver(ChangeEvent e)
    {
        Heard?.Invoke(e);
        if (_byUser.TryGetValue(e.UserId, out var subscriptions))
        {
            foreach (var subscription in subscriptions)
            {
                subscription.Handler(e);
            }
        }
    }

    /// <summary>Dispose the result to stop hearing.</summary>
    public IDisposable Subscribe(Guid userId, Action<ChangeEvent> handler)
    {
        var subscription = new Subscription(this, userId, handler);
        lock (_lock)
        {
            _byUser[userId] = [.. _byUser.GetValueOrDefault(userId, []), subscription];
        }

        return subscription;
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            var left = _byUser.GetValueOrDefault(subscription.UserId, []).Where(s => s != subscription).ToArray();
            if (left.Length == 0)
            {
                _byUser.TryRemove(subscription.UserId, out _);
            }
            else
            {
                _byUser[subscription.UserId] = left;
            }
        }
    }

    private sealed class Subscription(ChangeFeed feed, Guid userId, Action<ChangeEvent> handler) : IDisposable
    {
        public Guid UserId => userId;
        public Action<ChangeEvent> Handler => handler;

        public void Dispose() => feed.Remove(this);
    }
}
