using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ExEngine.Core.Redis;

/// <summary>
/// The one connection to Redis, made in the background on first use and renewed by itself. Redis may be away at any time:
/// asking then answers "not answered" at once, and the asker does without. Thread-safe.
/// </summary>
public sealed class RedisLink(IConfiguration configuration, IOptions<RedisOptions> options, TimeProvider time, ILogger<RedisLink> logger)
    : IAsyncDisposable
{
    /// <summary>How long Redis is left alone after it did not answer in time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string? _address = configuration.GetConnectionString("Redis");
    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer>? _connecting;
    private long _triedAt;
    private long _pausedSince;
    private volatile bool _paused;
    private volatile bool _reportedAway;

    /// <summary>Whether a Redis is named at all.</summary>
    public bool IsConfigured => !string.IsNullOrEmpty(_address);

    /// <summary>Whether Redis can be asked right now. Never waits.</summary>
    public bool IsConnected => Connected is not null;

    private ConnectionMultiplexer? Connected =>
        IsConfigured && Connection is { IsCompletedSuccessfully: true, Result: { IsConnected: true } link } ? link : null;

    /// <summary>
    /// The connection, when it has been tried once; its commands fail while Redis is away. One that could not even be made is
    /// tried anew after a pause.
    /// </summary>
    private Task<ConnectionMultiplexer> Connection
    {
        get
        {
            lock (_lock)
            {
                if (_connecting is null || (_connecting.IsFaulted && time.GetElapsedTime(_triedAt) >= Pause))
                {
                    _triedAt = time.GetTimestamp();
                    _connecting = Task.Run(ConnectAsync);
                }

                return _connecting;
            }
        }
    }

    /// <summary>Whether a connection string is well formed; none is, too.</summary>
    public static bool CanRead(string? address)
    {
        try
        {
            return string.IsNullOrEmpty(address) || Parse(address).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static ConfigurationOptions Parse(string address)
    {
        var parsed = ConfigurationOptions.Parse(address);
        parsed.AbortOnConnectFail = false;
        // INFO counts as an administrator's command for the client.
        parsed.AllowAdmin = true;
        parsed.ConnectTimeout = 2_000;
        parsed.KeepAlive = 5;
        parsed.ClientName = "execution-engine";
        return parsed;
    }

    /// <returns>Whether Redis answered within the time.</returns>
    public async Task<bool> WaitUntilConnectedAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var began = time.GetTimestamp(); !IsConnected; await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken))
        {
            if (time.GetElapsedTime(began) > patience)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Asks Redis one thing; the answer is there, or Redis is away, refuses, or took longer than <see cref="RedisOptions.Timeout"/>.
    /// </summary>
    public async ValueTask<RedisReply<T>> AskAsync<T>(Func<IDatabase, Task<T>> question, CancellationToken cancellationToken = default)
    {
        if (IsPaused())
        {
            return default;
        }

        var answer = await AskOnceAsync(question, options.Value.Timeout, cancellationToken);
        if (!answer.Answered && IsConnected)
        {
            _pausedSince = time.GetTimestamp();
            _paused = true;
        }

        return answer;
    }

    /// <summary>
    /// The same for those who would rather wait than do without: connects and asks again until the answer is there or the
    /// patience ends, so the question must be one that may be asked twice.
    /// </summary>
    public async ValueTask<RedisReply<T>> AskAsync<T>(
        Func<IDatabase, Task<T>> question,
        TimeSpan patience,
        CancellationToken cancellationToken = default
    )
    {
        for (var began = time.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken))
        {
            var left = patience - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return default;
            }

            if (await AskOnceAsync(question, left, cancellationToken) is { Answered: true } answer)
            {
                return answer;
            }
        }
    }

    private async ValueTask<RedisReply<T>> AskOnceAsync<T>(
        Func<IDatabase, Task<T>> question,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        if (Connected is not { } link)
        {
            return default;
        }

        try
        {
            // This client has no time limit of its own for a server that holds the connection and stays silent.
            var value = await question(link.GetDatabase()).WaitAsync(patience, time, cancellationToken);
            // Leaves the thread that reads from Redis: an asker that blocks on its next question would wait for itself.
            await Task.Yield();
            return new RedisReply<T>(true, value);
        }
        catch (Exception e) when (e is TimeoutException or RedisException)
        {
            Report(away: true, e.Message);
            return default;
        }
    }

    /// <summary>
    /// Hears a channel from now on, over every reconnect, in place of who heard it before; waits until the connection was tried once.
    /// </summary>
    public async Task SubscribeAsync(string channel, Action<string> heard)
    {
        var subscriber = (await Connection).GetSubscriber();
        Action<RedisChannel, RedisValue> handler = (_, message) => heard(message!);

        // The client remembers a handler that it could not subscribe, or whose subscription Redis dropped: everything would be heard twice.
        await subscriber.UnsubscribeAsync(RedisChannel.Literal(channel));
        await subscriber.SubscribeAsync(RedisChannel.Literal(channel), handler);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connecting is { } connecting)
        {
            await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (connecting.IsCompletedSuccessfully)
            {
                (await connecting).Dispose();
            }
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var link = await ConnectionMultiplexer.ConnectAsync(Parse(_address!));
        link.ConnectionFailed += (_, e) => Report(away: true, e.FailureType.ToString());
        link.ConnectionRestored += (_, _) => Report(away: false, "");
        Report(!link.IsConnected, "no answer at the first try");
        return link;
    }

    private bool IsPaused()
    {
        if (_paused && time.GetElapsedTime(_pausedSince) >= Pause)
        {
            _paused = false;
        }

        return _paused;
    }

    private void Report(bool away, string reason)
    {
        if (away == _reportedAway)
        {
            return;
        }

        _reportedAway = away;
        if (away)
        {
            logger.LogWarning("Redis is away ({Reason}); limits and live updates are kept in this process until it is back", reason);
        }
        else
        {
            logger.LogInformation("Redis is back");
        }
    }
}
