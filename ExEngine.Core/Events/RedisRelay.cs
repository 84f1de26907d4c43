using System.Globalization;
using System.Threading.Channels;
using ExEngine.Core.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace ExEngine.Core.Events;

/// <summary>
/// Carries the <see cref="ChangeFeed"/> between instances over one Redis channel: ids only. Events that find Redis away, or
/// more of them than wait in line, are dropped, as every hint may be. Whatever Redis does, it never ends the host.
/// </summary>
public sealed class RedisRelay(ChangeFeed feed, RedisLink redis, TimeProvider time, ILogger<RedisRelay> logger) : BackgroundService
{
    private const string Name = "exengine:live";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(4);

    private readonly string _self = Guid.NewGuid().ToString("N");
    private readonly Channel<ChangeEvent> _waiting = Channel.CreateBounded<ChangeEvent>(
        new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
    );
    private bool _listens;

    // A timestamp of the first word that has not come back; 0 when all have.
    private long _spokeAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.Published += TakeNote;
        try
        {
            while (true)
            {
                await RelayAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        finally
        {
            feed.Published -= TakeNote;
        }
    }

    /// <summary>Returns when something went wrong.</summary>
    private async Task RelayAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!_listens)
            {
                await redis.SubscribeAsync(Name, Hear).WaitAsync(stoppingToken);
                (_listens, _spokeAt) = (true, 0);
            }

            while (true)
            {
                await SayAsync(await NextAsync(stoppingToken), stoppingToken);
            }
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            logger.LogWarning("Live updates of other instances do not come through Redis ({Reason}); trying again", e.Message);
        }
    }

    /// <returns>The next event to pass on, or a sign of life when there was none for a while.</returns>
    private async Task<string> NextAsync(CancellationToken stoppingToken)
    {
        if (_waiting.Reader.TryRead(out var waiting))
        {
            return Write(_self, waiting);
        }

        using var beat = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        beat.CancelAfter(Beat);
        try
        {
            return Write(_self, await _waiting.Reader.ReadAsync(beat.Token));
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return $"{_self} beat";
        }
    }

    // Redis may drop a subscription and keep the connection. Who is subscribed hears himself.
    private async Task SayAsync(string message, CancellationToken stoppingToken)
    {
        var spokeAt = Interlocked.Read(ref _spokeAt);
        if (spokeAt != 0 && time.GetElapsedTime(spokeAt) > MaxSilence)
        {
            _listens = false;
            throw new IOException("nothing is heard on the channel");
        }

        if (spokeAt == 0)
        {
            Interlocked.Exchange(ref _spokeAt, time.GetTimestamp());
        }

        if (!(await redis.AskAsync(r => r.PublishAsync(RedisChannel.Literal(Name), message), stoppingToken)).Answered)
        {
            // Not said at all: Redis is away, which its link tells.
            Interlocked.Exchange(ref _spokeAt, 0);
        }
    }

    private void TakeNote(ChangeEvent e) => _waiting.Writer.TryWrite(e);

    private void Hear(string message)
    {
        if (message.StartsWith(_self, StringComparison.Ordinal))
        {
            Interlocked.Exchange(ref _spokeAt, 0);
        }
        else if (Read(message) is { } heard)
        {
            feed.Deliver(heard.Event);
        }
    }

    private static string Write(string from, ChangeEvent e) =>
        string.Create(CultureInfo.InvariantCulture, $"{from} {e.UserId:N} {e.Kind} {e.Id:N} {e.AccountId:N} {e.IsNotice}");

    // Another version may speak of kinds that this one does not know; those are not for its pages. An older one says less, a newer one
    // more.
    private static (string From, ChangeEvent Event)? Read(string message) =>
        message.Split(' ') is [var from, var user, var kind, var id, .. var rest]
        && Guid.TryParseExact(user, "N", out var userId)
        && Enum.TryParse<ChangeKind>(kind, out var known)
        && Guid.TryParseExact(id, "N", out var rowId)
            ? (from, new ChangeEvent(userId, known, rowId, AccountOf(rest), rest is [_, "True", ..]))
            : null;

    private static Guid AccountOf(string[] rest) =>
        rest is [var account, ..] && Guid.TryParseExact(account, "N", out var id) ? id : Guid.Empty;
}
