using System.Collections.Concurrent;
using System.Threading.Channels;
using ExEngine.Core.Bots.Backtest.Candles;
using ExEngine.Core.Bots.Sweep;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>
/// Works on jobs in the background, as many at once as there are cores, in the order in which they came. While it has a job it gives signs
/// of life on the row; a row without one was interrupted, and is run again when the user asks for it.
/// </summary>
public sealed class BacktestRunner(
    IDbContextFactory<AppDb> databases,
    IServiceProvider services,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<BacktestRunner> log
) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Channel<Guid> _queue = Channel.CreateUnbounded<Guid>();
    private readonly ConcurrentDictionary<Guid, Work> _works = new();

    /// <summary>How far a job of this process is; null when it is none.</summary>
    public JobProgress? ProgressOf(Guid id) => _works.GetValueOrDefault(id)?.Progress;

    /// <param name="job">Its row is stored and queued.</param>
    public void Enqueue(BacktestJob job)
    {
        // One that was cancelled a moment ago may still be on its way out: it begins again when it is there.
        while (!_works.TryAdd(job.Id, new Work(job.UserId)))
        {
            if (_works.GetValueOrDefault(job.Id)?.BeginsAgain() == true)
            {
                return;
            }
        }

        _queue.Writer.TryWrite(job.Id);
    }

    /// <summary>Ends the work; whoever calls says on the row why.</summary>
    public void Cancel(Guid id) => _works.GetValueOrDefault(id)?.Cancel();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => WorkAsync(stoppingToken));
        await Task.WhenAll([.. workers, BeatAsync(stoppingToken)]);
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var id in _queue.Reader.ReadAllAsync(stoppingToken))
            {
                if (_works.TryGetValue(id, out var work))
                {
                    await TryAsync(id, work, stoppingToken);
                    Leave(id, work);
                    Publish(work.UserId, id);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what was under way is interrupted.
        }
    }

    private void Leave(Guid id, Work work)
    {
        work.Dispose();
        if (work.IsAgain)
        {
            _works[id] = new Work(work.UserId);
            _queue.Writer.TryWrite(id);
        }
        else
        {
            _works.TryRemove(id, out _);
        }
    }

    private async Task TryAsync(Guid id, Work work, CancellationToken stoppingToken)
    {
        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, work.Token);
            if (await BeginAsync(id, both.Token) is not { } job)
            {
                return;
            }

            Publish(work.UserId, id);
            var result = await RunAsync(job, work.Progress, both.Token);
            await EndAsync(id, JobState.Done, null, result);
        }
        catch (OperationCanceledException) when (work.Token.IsCancellationRequested)
        {
            // The row says so already.
        }
        catch (Exception e) when (e is CandlesUnavailableException or ArgumentException)
        {
            await EndAsync(id, JobState.Failed, e.Message, null);
        }
        catch (Exception e) when (e is OverflowException)
        {
            await EndAsync(id, JobState.Failed, "The numbers are too large to be counted with; use smaller ones.", null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Backtest {Id} failed", id);
            await EndAsync(id, JobState.Failed, "It failed in a way that was not foreseen; the log of the server says more.", null);
        }
    }

    private Task<JobResult> RunAsync(BacktestJob job, JobProgress progress, CancellationToken cancellationToken) =>
        job.Kind == JobKind.Sweep
            ? Of<SweepWork>().RunAsync(job, progress, cancellationToken)
            : Of<BacktestWork>().RunAsync(job, progress, cancellationToken);

    // The service knows the runner, and what runs knows the service: looked up when it is needed.
    private T Of<T>()
        where T : notnull => (T)services.GetService(typeof(T))!;

    private async Task<BacktestJob?> BeginAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var begun = await db
            .BacktestJobs.Where(j => j.Id == id && j.State == JobState.Queued)
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Running).SetProperty(j => j.BeatAt, now), cancellationToken);
        return begun == 0 ? null : await db.BacktestJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, cancellationToken);
    }

    private async Task EndAsync(Guid id, JobState state, string? problem, JobResult? result)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            var now = time.GetUtcNow().UtcDateTime;
            var text = problem?.Length > BacktestJob.MaxText ? problem[..BacktestJob.MaxText] : problem;
            var percent = state == JobState.Done ? 100 : 0;
            await db
                .BacktestJobs.Where(j => j.Id == id && j.State == JobState.Running)
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(j => j.State, state)
                        .SetProperty(j => j.Problem, text)
                        .SetProperty(j => j.Percent, percent)
                        .SetProperty(j => j.Step, (string?)null)
                        .SetProperty(j => j.EndedAt, now)
                        .SetProperty(j => j.Summary, result == null ? null : result.Summary)
                        .SetProperty(j => j.Result, result == null ? null : result.Result)
                        .SetProperty(j => j.Fills, result == null ? null : result.Fills)
                );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning("The end of backtest {Id} could not be stored, so it counts as interrupted: {Reason}", id, e.Message);
        }
    }

    private async Task BeatAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var (id, work) in _works)
                {
                    await SignAsync(id, work, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    // A row that is gone, or was cancelled on another instance, ends the work.
    private async Task SignAsync(Guid id, Work work, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var (now, percent, step) = (time.GetUtcNow().UtcDateTime, work.Progress.Percent, work.Progress.Step);
            var there = await db
                .BacktestJobs.Where(j => j.Id == id && (j.State == JobState.Running || j.State == JobState.Queued))
                .ExecuteUpdateAsync(
                    s => s.SetProperty(j => j.BeatAt, now).SetProperty(j => j.Percent, percent).SetProperty(j => j.Step, step),
                    cancellationToken
                );
            if (there == 0)
            {
                work.Cancel();
            }
            else if (work.IsNews(percent))
            {
                Publish(work.UserId, id);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogDebug("No sign of backtest {Id} could be stored: {Reason}", id, e.Message);
        }
    }

    private void Publish(Guid userId, Guid id) => feed.Publish(new ChangeEvent(userId, ChangeKind.Backtest, id));

    private sealed class Work(Guid userId) : IDisposable
    {
        private readonly CancellationTokenSource _cancel = new();
        private readonly Lock _lock = new();
        private int _told = -1;
        private bool _isOver;

        public Guid UserId => userId;
        public JobProgress Progress { get; } = new();
        public CancellationToken Token => _cancel.Token;

        public bool IsAgain { get; private set; }

        /// <returns>False when it is over already: then there is room for another.</returns>
        public bool BeginsAgain()
        {
            lock (_lock)
            {
                IsAgain |= !_isOver;
                return !_isOver;
            }
        }

        public bool IsNews(int percent)
        {
            var isNews = percent != _told;
            _told = percent;
            return isNews;
        }

        public void Cancel()
        {
            lock (_lock)
            {
                if (!_isOver)
                {
                    _cancel.Cancel();
                }
            }
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _isOver = true;
                _cancel.Dispose();
            }
        }
    }
}
