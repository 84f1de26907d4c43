using System.Collections.Concurrent;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>
/// The one writer of this instance: takes everything that waits, commits it at once, then answers all of it. The longer
/// a commit takes, the more the next one carries, so load makes it more efficient. Runs on a thread of its own, so that a
/// flush to disk never holds up the pool that answers requests. Stopping drains the queue.
/// </summary>
public sealed class SignalWriter : BackgroundService
{
    /// <summary>The row of the last commit waits this long for company before it gets a commit of its own.</summary>
    private const int BatchLimit = 512;
    private static readonly TimeSpan IdleBeforeTiming = TimeSpan.FromMilliseconds(20);

    private readonly BlockingCollection<SignalWrite> _queue;
    private readonly SignalStore _store;
    private readonly ChangeFeed _feed;
    private readonly SequentialIds _ids;
    private readonly TimeProvider _time;
    private readonly WebhookOptions _options;
    private readonly ILogger<SignalWriter> _logger;
    private readonly List<(Guid UserId, Guid AccountId, Guid Id, bool IsDue)> _written = [];
    private readonly Lock _stopping = new();
    private SignalBatch? _previous;
    private Task? _stopped;

    public SignalWriter(
        SignalStore store,
        ChangeFeed feed,
        SequentialIds ids,
        TimeProvider time,
        IOptions<WebhookOptions> options,
        ILogger<SignalWriter> logger
    )
    {
        (_store, _feed, _ids, _time, _options, _logger) = (store, feed, ids, time, options.Value, logger);
        _queue = new BlockingCollection<SignalWrite>(_options.QueueLimit);
    }

    /// <summary>Completes when the signal is committed, proven a duplicate, or out of time. Never throws for the database's sake.</summary>
    public async Task<SignalReceipt> WriteAsync(SignalWrite write)
    {
        if (!TryAdd(write))
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

    /// <summary>A host that is stopped from two sides stops its services twice, the second time perhaps after they are disposed.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopping)
        {
            return _stopped ??= DrainAsync(cancellationToken);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _queue.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        // The web server has stopped by now: whoever still waits is in the queue already.
        _queue.CompleteAdding();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(cancellationToken);
        }

        await base.StopAsync(cancellationToken);
        _store.Dispose();
    }

    private bool TryAdd(SignalWrite write)
    {
        try
        {
            return _queue.TryAdd(write);
        }
        catch (InvalidOperationException)
        {
            return false; // stopped
        }
    }

    private void Run()
    {
        var batch = new List<SignalWrite>(BatchLimit);
        while (!_queue.IsCompleted)
        {
            batch.Clear();
            if (_queue.TryTake(out var first, _previous is null ? Timeout.InfiniteTimeSpan : IdleBeforeTiming))
            {
                TakeAllThatWaits(first, batch);
                Commit(batch);
            }
            else
            {
                CommitTiming();
            }
        }

        CommitTiming();
    }

    // Nobody is answered for a signal whose time is over, so it must not be stored either.
    private void TakeAllThatWaits(SignalWrite first, List<SignalWrite> batch)
    {
        var now = _time.GetTimestamp();
        var write = first;
        while (write is not null)
        {
            if (now < write.Deadline)
            {
                batch.Add(write);
            }

            write = batch.Count < BatchLimit && _queue.TryTake(out var next) ? next : null;
        }
    }

    private void Commit(List<SignalWrite> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var id = _ids.Next();
        foreach (var write in batch)
        {
            write.Row.BatchId = id;
        }

        try
        {
            Failpoint.Reach("intake.beforeCommit");
            var receipts = Store(batch);
            Failpoint.Reach("intake.afterCommit");
            _written.Clear();
            _previous = new SignalBatch { Id = id, CommittedAt = _time.GetUtcNow().UtcDateTime };
            for (var i = 0; i < receipts.Length; i++)
            {
                batch[i].Complete(receipts[i]);
                if (receipts[i].Kind == SignalReceiptKind.Stored)
                {
                    var row = batch[i].Row;
                    _written.Add((row.UserId, row.AccountId, receipts[i].Id, row.DueAt is not null));
                }
            }

            Announce(onlyToShow: false);
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
    private SignalReceipt[] Store(List<SignalWrite> batch)
    {
        try
        {
            return Write(batch, _previous);
        }
        catch (Npgsql.PostgresException e) when (e.SqlState.StartsWith("40", StringComparison.Ordinal))
        {
            _logger.LogWarning("Another instance stores the same signals ({State}); trying once more", e.SqlState);
            return Write(batch, _previous);
        }
        catch (Exception e) when (batch.Count > 1 && IsAboutARow(e))
        {
            _logger.LogWarning(e, "A batch of {Count} signals holds one that the database refuses; writing them one by one", batch.Count);
            Write([], _previous);
        }

        var receipts = new SignalReceipt[batch.Count];
        for (var i = 0; i < receipts.Length; i++)
        {
            try
            {
                receipts[i] = Write([batch[i]], null)[0];
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
    private static bool IsAboutARow(Exception e) => e is ArgumentException or Npgsql.PostgresException { SqlState: ['2', '2' or '3', ..] };

    private SignalReceipt[] Write(IReadOnlyList<SignalWrite> batch, SignalBatch? previous) =>
        _store.Write(batch, previous, _time.GetUtcNow().UtcDateTime - TimeSpan.FromSeconds(_options.DedupeWindowSeconds));

    private void CommitTiming()
    {
        var previous = _previous;
        _previous = null;
        if (previous is null)
        {
            return;
        }

        try
        {
            Write([], previous);
            Announce(onlyToShow: true);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _logger.LogWarning(e, "The time of commit {Batch} could not be stored; its signals show no latency", previous.Id);
        }
    }

    // Announced at the commit, and again when the instant of the commit can be read. What will not be traded wakes no account's loop.
    private void Announce(bool onlyToShow)
    {
        foreach (var signals in _written.GroupBy(w => (w.UserId, w.AccountId)))
        {
            var id = signals.Count() == 1 ? signals.First().Id : Guid.Empty;
            var isNotice = onlyToShow || !signals.Any(s => s.IsDue);
            _feed.Publish(new ChangeEvent(signals.Key.UserId, ChangeKind.Signal, id, signals.Key.AccountId, isNotice));
        }
    }
}
