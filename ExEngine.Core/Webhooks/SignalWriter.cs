using ExEngine.Core.Data;
using ExEngine.Core.Live;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using System.Threading.Channels;

namespace ExEngine.Core.Webhooks;

/// <summary>
/// The one writer of this instance: takes everything that waits, commits it at once, then answers all of it. The longer
/// a commit takes, the more the next one carries, so load makes it more efficient. Stopping drains the queue.
/// </summary>
public sealed class SignalWriter : BackgroundService
{
    /// <summary>The row of the last commit waits this long for company before it gets a commit of its own.</summary>
    private static readonly TimeSpan IdleBeforeTiming = TimeSpan.FromMilliseconds(20);

    private readonly Channel<SignalWrite> _queue;
    private readonly SignalStore _store;
    private readonly LiveFeed _feed;
    private readonly SequentialIds _ids;
    private readonly TimeProvider _time;
    private readonly WebhookOptions _options;
    private readonly ILogger<SignalWriter> _logger;
    private readonly List<(Guid UserId, Guid Id)> _written = [];
    private SignalBatch? _previous;

    public SignalWriter(
        SignalStore store, LiveFeed feed, SequentialIds ids, TimeProvider time, IOptions<WebhookOptions> options, ILogger<SignalWriter> logger)
    {
        (_store, _feed, _ids, _time, _options, _logger) = (store, feed, ids, time, options.Value, logger);
        _queue = Channel.CreateBounded<SignalWrite>(new BoundedChannelOptions(_options.QueueLimit) { SingleReader = true });
    }

    /// <summary>Completes when the signal is committed, proven a duplicate, or out of time. Never throws for the database's sake.</summary>
    public async Task<SignalReceipt> WriteAsync(SignalWrite write)
    {
        if (!_queue.Writer.TryWrite(write))
        {
            return new SignalReceipt(SignalReceiptKind.Unavailable, Guid.Empty);
        }

        var left = _time.GetElapsedTime(_time.GetTimestamp(), write.Deadline);
        try
        {
            return await write.Done.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
        }
        catch (TimeoutException)
        {
            return new SignalReceipt(SignalReceiptKind.Unavailable, Guid.Empty);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The web server has stopped by now: whoever still waits is in the queue already.
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(cancellationToken);
        }

        await base.StopAsync(cancellationToken);
        await _store.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<SignalWrite>(_options.BatchLimit);
        while (await WaitAsync())
        {
            batch.Clear();
            while (batch.Count < _options.BatchLimit && _queue.Reader.TryRead(out var write))
            {
                if (_time.GetTimestamp() < write.Deadline)
                {
                    batch.Add(write);
                }
            }

            if (batch.Count > 0)
            {
                await CommitAsync(batch);
            }
        }

        await CommitTimingAsync();
    }

    /// <summary>False when the queue is complete and empty.</summary>
    private async Task<bool> WaitAsync()
    {
        var waiting = _queue.Reader.WaitToReadAsync().AsTask();
        if (waiting.IsCompleted || _previous is null)
        {
            return await waiting;
        }

        using var idle = new CancellationTokenSource();
        if (await Task.WhenAny(waiting, Task.Delay(IdleBeforeTiming, _time, idle.Token)) == waiting)
        {
            await idle.CancelAsync();
            return await waiting;
        }

        await CommitTimingAsync();
        return await waiting;
    }

    private async Task CommitAsync(List<SignalWrite> batch)
    {
        var id = _ids.Next();
        foreach (var write in batch)
        {
            write.Row.BatchId = id;
        }

        try
        {
            var receipts = await StoreAsync(batch);
            _written.Clear();
            _previous = new SignalBatch { Id = id, CommittedAt = _time.GetUtcNow().UtcDateTime };
            for (var i = 0; i < receipts.Length; i++)
            {
                batch[i].Complete(receipts[i]);
                if (receipts[i].Kind == SignalReceiptKind.Stored)
                {
                    _written.Add((batch[i].Row.UserId, receipts[i].Id));
                }
            }

            Announce();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _logger.LogError(e, "{Count} signals could not be stored; their senders are asked to come again", batch.Count);
            foreach (var write in batch)
            {
                write.Complete(new SignalReceipt(SignalReceiptKind.Unavailable, Guid.Empty));
            }
        }
    }

    // One row that the database will not take must not take its neighbours with it.
    private async Task<SignalReceipt[]> StoreAsync(List<SignalWrite> batch)
    {
        try
        {
            return await WriteInTimeAsync(batch, _previous);
        }
        catch (Npgsql.PostgresException e) when (e.SqlState.StartsWith("40", StringComparison.Ordinal))
        {
            _logger.LogWarning("Another instance stores the same signals ({State}); trying once more", e.SqlState);
            return await WriteInTimeAsync(batch, _previous);
        }
        catch (Exception e) when (batch.Count > 1 && IsAboutARow(e))
        {
            _logger.LogWarning(e, "A batch of {Count} signals holds one that the database refuses; writing them one by one", batch.Count);
            await WriteInTimeAsync([], _previous);
        }

        var receipts = new SignalReceipt[batch.Count];
        for (var i = 0; i < receipts.Length; i++)
        {
            try
            {
                receipts[i] = (await WriteInTimeAsync([batch[i]], null))[0];
            }
            catch (Exception e) when (IsAboutARow(e))
            {
                _logger.LogError(e, "Signal {Signal} could not be stored", batch[i].Row.Id);
                receipts[i] = new SignalReceipt(SignalReceiptKind.Unavailable, Guid.Empty);
            }
        }

        return receipts;
    }

    /// <summary>Data that the database refuses, or text that the driver cannot encode.</summary>
    private static bool IsAboutARow(Exception e) =>
        e is ArgumentException or Npgsql.PostgresException { SqlState: ['2', '2' or '3', ..] };

    private async Task<SignalReceipt[]> WriteInTimeAsync(IReadOnlyList<SignalWrite> batch, SignalBatch? previous)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(_options.CommitTimeoutMilliseconds), _time);
        var expired = _time.GetUtcNow().UtcDateTime - TimeSpan.FromSeconds(_options.DedupeWindowSeconds);
        return await _store.WriteAsync(batch, previous, expired, timeout.Token);
    }

    private async Task CommitTimingAsync()
    {
        var previous = _previous;
        _previous = null;
        if (previous is null)
        {
            return;
        }

        try
        {
            await WriteInTimeAsync([], previous);
            Announce();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _logger.LogWarning(e, "The time of commit {Batch} could not be stored; its signals show no latency", previous.Id);
        }
    }

    // Announced at the commit, and again when the instant of the commit can be read.
    private void Announce()
    {
        foreach (var signals in _written.GroupBy(w => w.UserId))
        {
            _feed.Publish(new LiveEvent(signals.Key, LiveKind.Signal, signals.Count() == 1 ? signals.First().Id : Guid.Empty));
        }
    }
}
