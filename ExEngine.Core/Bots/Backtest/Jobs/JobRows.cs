using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>Parts of rows of jobs: results have megabytes, and lists do not read them.</summary>
internal static class JobRows
{
    public static IQueryable<BacktestJob> WithoutFills(IQueryable<BacktestJob> jobs) => Parts(jobs, true);

    public static IQueryable<BacktestJob> WithoutResults(IQueryable<BacktestJob> jobs) => Parts(jobs, false);

    private static IQueryable<BacktestJob> Parts(IQueryable<BacktestJob> jobs, bool withResult) =>
        jobs.Select(j => new BacktestJob
        {
            Id = j.Id,
            UserId = j.UserId,
            Kind = j.Kind,
            Name = j.Name,
            BotKind = j.BotKind,
            Exchange = j.Exchange,
            Symbol = j.Symbol,
            State = j.State,
            Percent = j.Percent,
            Step = j.Step,
            Ask = j.Ask,
            Summary = j.Summary,
            Result = withResult ? j.Result : null,
            Problem = j.Problem,
            DataKey = j.DataKey,
            Runs = j.Runs,
            CreatedAt = j.CreatedAt,
            EndedAt = j.EndedAt,
            BeatAt = j.BeatAt,
        });

    /// <summary>Empties rows. They stay to be counted, so that a good result does not look like the first that was tried.</summary>
    public static Task<int> ForgetAsync(IQueryable<BacktestJob> jobs, DateTime now, CancellationToken cancellationToken) =>
        jobs.ExecuteUpdateAsync(
            s =>
                s.SetProperty(j => j.DeletedAt, now)
                    .SetProperty(j => j.Ask, "{}")
                    .SetProperty(j => j.Name, "")
                    .SetProperty(j => j.Summary, (string?)null)
                    .SetProperty(j => j.Result, (string?)null)
                    .SetProperty(j => j.Fills, (string?)null)
                    .SetProperty(j => j.Problem, (string?)null),
            cancellationToken
        );
}
