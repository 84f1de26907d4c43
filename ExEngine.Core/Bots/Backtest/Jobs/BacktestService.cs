using System.Text.Json;
using ExEngine.Core.Bots.Backtest.Candles;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Text;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>
/// Where backtests are asked for, read, cancelled and deleted, for pages and REST alike. Every method takes the user whose rows it may
/// touch.
/// </summary>
public sealed class BacktestService(
    IDbContextFactory<AppDb> databases,
    BotGrounds grounds,
    BacktestStages stages,
    CandleUploads uploads,
    BacktestRunner runner,
    SequentialIds ids,
    ChangeFeed feed,
    TimeProvider time
)
{
    /// <summary>Of one user, waiting or worked on.</summary>
    public const int MostActive = 20;

    /// <summary>Of one user, with their results; the oldest go.</summary>
    public const int MostKept = 200;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public async Task<JobAnswer> CreateAsync(Guid userId, BacktestInput input, CancellationToken cancellationToken)
    {
        var (settled, draft, errors) = Check(userId, input);
        var found = await grounds.FindAsync(userId, input.AccountId, input.Symbol, cancellationToken);
        if (found is BotGroundResult.NotFound)
        {
            return new JobAnswer.NotFound();
        }

        if (found is BotGroundResult.Invalid invalid)
        {
            errors = errors.Concat(invalid.Errors).ToDictionary(e => e.Key, e => e.Value);
        }

        if (errors.Count > 0 || draft is null || found is not BotGroundResult.Found { Ground: var ground })
        {
            return new JobAnswer.Invalid(errors);
        }

        return await StoreAsync(userId, JobKind.Backtest, draft.Kind, settled, settled, ground, 1, cancellationToken);
    }

    /// <summary>The input with nothing left out, and what is wrong with it by field; the account is not looked at.</summary>
    internal (BacktestInput Settled, BotDraft? Draft, IDictionary<string, string[]> Errors) Check(Guid userId, BacktestInput input)
    {
        var (draft, errors) = BotDraft.Read(input.Kind, input.Settings?.GetRawText());
        var settled = stages.Settled(input);
        foreach (
            var field in new BacktestInputValidator(time.GetUtcNow().UtcDateTime).Validate(settled).Errors.GroupBy(e => e.PropertyName)
        )
        {
            errors[field.Key] = [.. field.Select(e => e.ErrorMessage)];
        }

        if (settled.Data is { Source: CandleSource.Csv, Upload: { } upload } && !uploads.Has(userId, upload))
        {
            errors["data.upload"] = ["There is no such file; bring it to /api/backtests/candles again."];
        }

        if (draft?.Dca is { Start: DcaStart.WhenAsked })
        {
            errors["settings.start"] =
            [
                "Candles do not tell when it would be asked; let it start at once to see how its deals would have gone.",
            ];
        }

        if (draft?.Dca is { } starts && settled.Data is { Source: not CandleSource.Csv, Interval: var name })
        {
            var played = CandleFeed.Intervals.GetValueOrDefault(name);
            var problem = BacktestStarts
                .Sizes(starts)
                .Select(s => played == default ? null : BacktestStarts.Problem(s, played))
                .FirstOrDefault(p => p is not null);
            if (problem is not null)
            {
                errors["data.interval"] = [problem];
            }
        }

        if (draft?.Dca is { BaseOrderUnit: DcaUnit.EquityPercent } && input.StartQuote is null)
        {
            errors["startQuote"] = ["The base order is a share of the equity; state what the account has at the begin."];
        }

        return (settled, draft, errors);
    }

    internal async Task<JobAnswer> StoreAsync<TAsk>(
        Guid userId,
        JobKind kind,
        string botKind,
        TAsk ask,
        BacktestInput input,
        BotGround ground,
        int runs,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow().UtcDateTime;
        var job = new BacktestJob
        {
            Id = ids.Next(),
            UserId = userId,
            Kind = kind,
            Name = string.IsNullOrWhiteSpace(input.Name) ? $"{botKind.ToUpperInvariant()} {ground.Market.Symbol}" : input.Name.Trim(),
            BotKind = botKind,
            Exchange = ground.Account.Exchange,
            Symbol = ground.Market.Symbol,
            Ask = JsonSerializer.Serialize(ask, ExactJson.Options),
            DataKey = BacktestStages.DataKey(input, ground),
            Runs = runs,
            CreatedAt = now,
            BeatAt = now,
        };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await ActiveAsync(db, userId, cancellationToken) >= MostActive)
        {
            return new JobAnswer.TooMany();
        }

        db.Add(job);
        await db.SaveChangesAsync(cancellationToken);
        await ForgetOldAsync(db, userId, cancellationToken);
        runner.Enqueue(job);
        Publish(job);
        return new JobAnswer.Done(job);
    }

    /// <param name="before">Only those older than this id.</param>
    /// <returns>Newest first, without results.</returns>
    public async Task<IReadOnlyList<BacktestJob>> ListAsync(
        Guid userId,
        JobKind kind,
        Guid? before,
        int take,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var jobs = db.BacktestJobs.AsNoTracking().Where(j => j.UserId == userId && j.Kind == kind && j.DeletedAt == null);
        if (before is { } id)
        {
            jobs = jobs.Where(j => j.Id.CompareTo(id) < 0);
        }

        var rows = await JobRows.WithoutResults(jobs.OrderByDescending(j => j.Id).Take(take)).ToListAsync(cancellationToken);
        return [.. rows.Select(j => Now(j, db))];
    }

    /// <summary>With its result, and without its fills.</summary>
    public async Task<BacktestJob?> FindAsync(Guid userId, JobKind kind, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mine = db.BacktestJobs.AsNoTracking().Where(j => j.Id == id && j.UserId == userId && j.Kind == kind && j.DeletedAt == null);
        return await JobRows.WithoutFills(mine).SingleOrDefaultAsync(cancellationToken) is { } job ? Now(job, db) : null;
    }

    /// <summary>Null when there is no such backtest; none before it is done.</summary>
    public async Task<IReadOnlyList<BacktestFill>?> FillsAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db
            .BacktestJobs.Where(j => j.Id == id && j.UserId == userId && j.Kind == JobKind.Backtest && j.DeletedAt == null)
            .Select(j => new { j.Fills })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null
            : found.Fills is null ? []
            : JsonSerializer.Deserialize<IReadOnlyList<BacktestFill>>(found.Fills, ExactJson.Options);
    }

    /// <summary>Cancels what is not over, and deletes what is.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(Guid userId, JobKind kind, Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(userId, kind, id, cancellationToken) is not { } job)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var row = db.BacktestJobs.Where(j => j.Id == id);
        var cancelled = job.State is JobState.Queued or JobState.Running
            ? await row.Where(j => j.State == JobState.Queued || j.State == JobState.Running)
                .ExecuteUpdateAsync(
                    s => s.SetProperty(j => j.State, JobState.Cancelled).SetProperty(j => j.EndedAt, now),
                    cancellationToken
                )
            : 0;
        runner.Cancel(id);
        if (cancelled == 0)
        {
            await JobRows.ForgetAsync(row, now, cancellationToken);
        }

        Publish(job);
        return true;
    }

    /// <summary>Runs one again that was interrupted, cancelled or failed. One in another state stays as it is.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<BacktestJob?> RunAgainAsync(Guid userId, JobKind kind, Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(userId, kind, id, cancellationToken) is not { } job)
        {
            return null;
        }

        if (job.State is not (JobState.Interrupted or JobState.Cancelled or JobState.Failed))
        {
            return job;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        await db
            .BacktestJobs.Where(j => j.Id == id && j.State != JobState.Done)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(j => j.State, JobState.Queued)
                        .SetProperty(j => j.Percent, 0)
                        .SetProperty(j => j.Problem, (string?)null)
                        .SetProperty(j => j.EndedAt, (DateTime?)null)
                        .SetProperty(j => j.BeatAt, now),
                cancellationToken
            );
        runner.Enqueue(job);
        Publish(job);
        return await FindAsync(userId, kind, id, cancellationToken);
    }

    /// <summary>How many settings this user tried on the same prices before this job.</summary>
    public async Task<int> EarlierRunsAsync(BacktestJob job, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db
            .BacktestJobs.Where(j => j.UserId == job.UserId && j.DataKey == job.DataKey && j.State == JobState.Done)
            .Where(j => j.Id.CompareTo(job.Id) < 0)
            .SumAsync(j => j.Runs, cancellationToken);
    }

    private Task<int> ActiveAsync(AppDb db, Guid userId, CancellationToken cancellationToken)
    {
        var alive = time.GetUtcNow().UtcDateTime - Silence;
        return db
            .BacktestJobs.Where(j => j.UserId == userId && j.BeatAt > alive)
            .CountAsync(j => j.State == JobState.Queued || j.State == JobState.Running, cancellationToken);
    }

    private async Task ForgetOldAsync(AppDb db, Guid userId, CancellationToken cancellationToken)
    {
        var kept = db.BacktestJobs.Where(j => j.UserId == userId && j.DeletedAt == null);
        var oldest = await kept.OrderByDescending(j => j.Id).Skip(MostKept).Select(j => j.Id).FirstOrDefaultAsync(cancellationToken);
        if (oldest != Guid.Empty)
        {
            await JobRows.ForgetAsync(kept.Where(j => j.Id.CompareTo(oldest) <= 0), time.GetUtcNow().UtcDateTime, cancellationToken);
        }
    }

    // One that nobody works on was interrupted: on the embedded database at once, elsewhere when its instance has been silent for a while.
    private BacktestJob Now(BacktestJob job, AppDb db)
    {
        if (job.State is not (JobState.Queued or JobState.Running))
        {
            return job;
        }

        if (runner.ProgressOf(job.Id) is { } progress)
        {
            (job.Percent, job.Step) = (progress.Percent, progress.Step);
        }
        else if (db is SqliteDb || time.GetUtcNow().UtcDateTime - job.BeatAt > Silence)
        {
            job.State = JobState.Interrupted;
        }

        return job;
    }

    private void Publish(BacktestJob job) => feed.Publish(new ChangeEvent(job.UserId, ChangeKind.Backtest, job.Id));
}
