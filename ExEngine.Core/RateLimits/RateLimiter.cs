namespace ExEngine.Core.RateLimits;

/// <summary>
/// A sliding window per key: at most <c>permits</c> in any stretch of <c>window</c>. In process, or shared through Redis.
/// </summary>
public abstract class RateLimiter
{
    /// <param name="key">What is limited, such as <c>hook:…</c> or <c>signin:ip:…</c>.</param>
    /// <param name="permits">1 to 10,000.</param>
    public abstract ValueTask<RateDecision> AcquireAsync(string key, int permits, TimeSpan window, CancellationToken cancellationToken);

    /// <summary>Gives back the newest permit of a key: what took it does not count after all.</summary>
    public abstract ValueTask ReturnAsync(string key, CancellationToken cancellationToken);
}

/// <param name="RetryAfter">Zero when allowed; else how long until the next permit.</param>
public readonly record struct RateDecision(bool Allowed, TimeSpan RetryAfter);
