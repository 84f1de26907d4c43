using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ExEngine.Core.Redis;

/// <summary>
/// The one connection to Redis, made in the background on first use; the client renews it by itself. Redis may be away at any
/// time: asking then answers "not answered" at once, and the asker does without. Thread-safe.
/// </summary>
public sealed class RedisLink : IAsyncDisposable
{
    private readonly RedisOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lazy<Task<ConnectionMultiplexer>> _connection;

    // A timestamp until which Redis is not asked.
    private long _leftAloneUntil = long.MinValue;
    private volatile bool _reportedAway;

    public RedisLink(IConfiguration configuration, IOptions<RedisOptions> options, TimeProvider time, ILogger<RedisLink> logger)
    {
        (_options, _time, _logger) = (options.Value, time, logger);
        var address = configuration.GetConnectionString("Redis");
        IsConfigured = !string.IsNullOrEmpty(address);
        _connection = new(() => Task.Run(() => ConnectAsync(address!)));
    }

    /// <summary>Whether a Redis is named at all.</summary>
    public bool IsConfigured { get; }

    /// <summary>Whether Redis can be asked right now. Never waits.</summary>
    public bool IsConnected => Connected is not null;

    private ConnectionMultiplexer? Connected =>
        IsConfigured && _connection.Value is { IsCompletedSuccessfully: true, Result: { IsConnected: true } connection }
            ? connection
            : null;

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

    /// <summary>
    /// Asks Redis one thing; the answer is there, or Redis is away, refuses, or took longer than <see cref="RedisOptions.Timeout"/>.
    /// </summary>
    public async ValueTask<RedisReply<T>> AskAsync<T>(Func<IDatabase, Task<T>> question, CancellationToken cancellationToken = default)
    {
        // The client would keep the question until it is connected again; who asks here has something better to do.
        if (Connected is not { } connection || _time.GetTimestamp() < Volatile.Read(ref _leftAloneUntil))
        {
            return default;
        }

        var answer = await AnswerAsync(connection, question, _options.Timeout, cancellationToken);
        if (!answer.Answered && IsConnected)
        {
            var pause = (long)(_options.Pause.TotalSeconds * _time.TimestampFrequency);
            Volatile.Write(ref _leftAloneUntil, _time.GetTimestamp() + pause);
        }

        return answer;
    }

    /// <summary>
    /// The same for those who would rather wait than do without: asks until the answer is there or the time is over, so the question
    /// must be one that may be asked twice.
    /// </summary>
    public async ValueTask<RedisReply<T>> WaitForAnswerAsync<T>(
        Func<IDatabase, Task<T>> question,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var connection = await _connection.Value;
        for (var began = _time.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(50), _time, cancellationToken))
        {
            var left = timeout - _time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return default;
            }

            if (await AnswerAsync(connection, question, left, cancellationToken) is { Answered: true } answer)
            {
                return answer;
            }
        }
    }

    /// <summary>For stores that ask by themselves; their questions wait for the connection, up to the client's own time limit.</summary>
    public IDatabase GetDatabase() => _connection.Value.GetAwaiter().GetResult().GetDatabase();

    /// <summary>Calls once, when the connection is made, whether Redis answered or not.</summary>
    public async Task WhenMadeAsync(Action<IConnectionMultiplexer> use) => use(await _connection.Value);

    /// <summary>
    /// Hears a channel from now on, one message after the other as they were sent, over every reconnect, in place of who heard it before;
    /// waits until the connection was tried once.
    /// </summary>
    public async Task SubscribeAsync(string channel, Action<string> heard)
    {
        var subscriber = (await _connection.Value).GetSubscriber();

        // The client remembers a handler that it could not subscribe, or whose subscription Redis dropped: everything would be heard twice.
        await subscriber.UnsubscribeAsync(RedisChannel.Literal(channel));
        // A queue, since the client calls a bare handler from several threads at once: the second of two messages may come first.
        var messages = await subscriber.SubscribeAsync(RedisChannel.Literal(channel));
        messages.OnMessage(message => heard(message.Message!));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_connection.IsValueCreated)
        {
            return;
        }

        await ((Task)_connection.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_connection.Value.IsCompletedSuccessfully)
        {
            await (await _connection.Value).DisposeAsync();
        }
    }

    private static ConfigurationOptions Parse(string address)
    {
        var parsed = ConfigurationOptions.Parse(address);
        // Connects in the background as long as it takes; nothing below is ever tried anew by hand.
        parsed.AbortOnConnectFail = false;
        // INFO counts as an administrator's command for the client.
        parsed.AllowAdmin = true;
        parsed.ConnectTimeout = 2_000;
        parsed.KeepAlive = 5;
        parsed.ClientName = "execution-engine";
        return parsed;
    }

    private async ValueTask<RedisReply<T>> AnswerAsync<T>(
        ConnectionMultiplexer connection,
        Func<IDatabase, Task<T>> question,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // The client looks for answers that are late once a second only, and a request waits for this one.
            var value = await question(connection.GetDatabase()).WaitAsync(timeout, _time, cancellationToken);
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

    private async Task<ConnectionMultiplexer> ConnectAsync(string address)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(Parse(address));
        connection.ConnectionFailed += (_, e) => Report(away: true, e.FailureType.ToString());
        connection.ConnectionRestored += (_, _) => Report(away: false, "");
        Report(!connection.IsConnected, "no answer at the first try");
        return connection;
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
            _logger.LogWarning("Redis is away ({Reason}); limits and live updates are kept in this process until it is back", reason);
        }
        else
        {
            _logger.LogInformation("Redis is back");
        }
    }
}
