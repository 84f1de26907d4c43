using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Markets;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Bots;

/// <summary>What backtests and sweeps have in common: both are jobs.</summary>
internal static class JobEndpoints
{
    /// <param name="one">In a sentence: <c>backtest</c>.</param>
    public static void MapJobs(this RouteGroupBuilder jobs, JobKind kind, string one)
    {
        jobs.MapGet(
                "",
                async ([AsParameters] ApiPage page, CurrentUser user, BacktestService service, CancellationToken cancellationToken) =>
                {
                    var rows = await service.ListAsync(user.Id, kind, page.Before, page.TakeAndOne, cancellationToken);
                    return TypedResults.Ok(ApiList.Of(rows, page, j => j.Id.ToString(), BacktestView.Of));
                }
            )
            .WithSummary($"All {one}s, newest first");
        jobs.MapGet(
                "{id:guid}",
                async Task<Results<Ok<BacktestView>, NotFound>> (
                    Guid id,
                    CurrentUser user,
                    BacktestService service,
                    CancellationToken cancellationToken
                ) =>
                    await service.FindAsync(user.Id, kind, id, cancellationToken) is { } job
                        ? TypedResults.Ok(BacktestView.Of(job))
                        : TypedResults.NotFound()
            )
            .WithSummary($"One {one}: its progress, and its result once it is done");
        jobs.MapDelete(
                "{id:guid}",
                async Task<Results<NoContent, NotFound>> (
                    Guid id,
                    CurrentUser user,
                    BacktestService service,
                    CancellationToken cancellationToken
                ) => await service.RemoveAsync(user.Id, kind, id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound()
            )
            .WithSummary("Cancels one that is not over, and deletes one that is");
        jobs.MapPost(
                "{id:guid}/run",
                async Task<Results<Accepted<BacktestView>, NotFound>> (
                    Guid id,
                    CurrentUser user,
                    BacktestService service,
                    CancellationToken cancellationToken
                ) =>
                    await service.RunAgainAsync(user.Id, kind, id, cancellationToken) is { } job
                        ? TypedResults.Accepted($"/api/{one}s/{id}", BacktestView.Of(job))
                        : TypedResults.NotFound()
            )
            .WithSummary("Runs one again that was interrupted, cancelled or failed, on the same candles");
    }

    public static Results<Accepted<BacktestView>, NotFound, ValidationProblem, ProblemHttpResult> Answer(JobAnswer answer, string one) =>
        answer switch
        {
            JobAnswer.Done done => TypedResults.Accepted($"/api/{one}s/{done.Job.Id}", BacktestView.Of(done.Job)),
            JobAnswer.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            JobAnswer.TooMany => ApiProblems.Problem(
                StatusCodes.Status409Conflict,
                ProblemCodes.TooManyBacktests,
                $"{BacktestService.MostActive} backtests and sweeps are under way, which is all that one user may have; wait, or cancel one.",
                ("limit", BacktestService.MostActive)
            ),
            _ => TypedResults.NotFound(),
        };
}
