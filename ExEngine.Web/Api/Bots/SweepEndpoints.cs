using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Bots.Sweep;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Bots;

/// <summary><c>/api/sweeps</c>: many settings of a bot played on past candles, chosen on one part and judged on the rest.</summary>
public static class SweepEndpoints
{
    public static void MapSweeps(this IEndpointRouteBuilder api)
    {
        var sweeps = api.MapGroup("/sweeps").WithTags("Backtests");
        sweeps.MapGet("", ListAsync).WithSummary("Sweeps, newest first");
        sweeps
            .MapPost("", CreateAsync)
            .WithSummary("Tries values of one to six settings in the background; the answer has the id to look at");
        sweeps.MapGet("{id:guid}", GetAsync).WithSummary("One sweep: its progress, and its result once it is done");
        sweeps.MapDelete("{id:guid}", RemoveAsync).WithSummary("Cancels one that is not over, and deletes one that is");
        sweeps
            .MapPost("{id:guid}/run", RunAsync)
            .WithSummary("Runs one again that was interrupted, cancelled or failed, on the same candles");
    }

    private static async Task<Ok<ApiList<BacktestView>>> ListAsync(
        [AsParameters] ApiPage page,
        CurrentUser user,
        BacktestService service,
        CancellationToken cancellationToken
    )
    {
        var rows = await service.ListAsync(user.Id, JobKind.Sweep, page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, j => j.Id.ToString(), BacktestView.Of));
    }

    private static async Task<Results<Accepted<BacktestView>, NotFound, ValidationProblem, ProblemHttpResult>> CreateAsync(
        SweepInput input,
        CurrentUser user,
        SweepWork work,
        CancellationToken cancellationToken
    ) =>
        await work.CreateAsync(user.Id, input, cancellationToken) switch
        {
            JobAnswer.Done done => TypedResults.Accepted($"/api/sweeps/{done.Job.Id}", BacktestView.Of(done.Job)),
            JobAnswer.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            JobAnswer.TooMany => BacktestEndpoints.TooMany(),
            _ => TypedResults.NotFound(),
        };

    private static async Task<Results<Ok<BacktestView>, NotFound>> GetAsync(
        Guid id,
        CurrentUser user,
        BacktestService service,
        CancellationToken cancellationToken
    ) =>
        await service.FindAsync(user.Id, JobKind.Sweep, id, cancellationToken) is { } job
            ? TypedResults.Ok(BacktestView.Of(job))
            : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> RemoveAsync(
        Guid id,
        CurrentUser user,
        BacktestService service,
        CancellationToken cancellationToken
    ) => await service.RemoveAsync(user.Id, JobKind.Sweep, id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<Accepted<BacktestView>, NotFound>> RunAsync(
        Guid id,
        CurrentUser user,
        BacktestService service,
        CancellationToken cancellationToken
    ) =>
        await service.RunAgainAsync(user.Id, JobKind.Sweep, id, cancellationToken) is { } job
            ? TypedResults.Accepted($"/api/sweeps/{id}", BacktestView.Of(job))
            : TypedResults.NotFound();
}
