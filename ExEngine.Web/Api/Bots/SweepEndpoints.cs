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
        sweeps.MapJobs(JobKind.Sweep, "sweep");
        sweeps
            .MapPost("", CreateAsync)
            .WithSummary("Tries values of one to six settings in the background; the answer has the id to look at");
    }

    private static async Task<Results<Accepted<BacktestView>, NotFound, ValidationProblem, ProblemHttpResult>> CreateAsync(
        SweepInput input,
        CurrentUser user,
        SweepWork work,
        CancellationToken cancellationToken
    ) => JobEndpoints.Answer(await work.CreateAsync(user.Id, input, cancellationToken), "sweep");
}
