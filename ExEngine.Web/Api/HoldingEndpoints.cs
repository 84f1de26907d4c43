using ExEngine.Core.Exchanges;
using ExEngine.Core.Portfolio;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary>
/// <c>/api/accounts/{id}/holdings</c>: what the exchange says against what the positions say, and how the two meet again.
/// </summary>
public static class HoldingEndpoints
{
    public static void MapHoldings(this IEndpointRouteBuilder api)
    {
        var holdings = api.MapGroup("/accounts/{id:guid}/holdings").WithTags("Holdings");
        holdings
            .MapGet("", ListAsync)
            .WithSummary("By asset: at the exchange, in positions, unassigned, and locked by orders that are not ours");
        holdings.MapPost("{asset}/assign", AssignAsync).WithSummary("Coins that no position holds become part of one, at a stated cost");
        holdings.MapPost("{asset}/write-off", WriteOffAsync).WithSummary("Coins that are gone leave a position at what they cost");
    }

    private static async Task<Results<Ok<ApiList<HoldingView>>, NotFound, ProblemHttpResult>> ListAsync(
        Guid id,
        CurrentUser user,
        HoldingService service,
        CancellationToken cancellationToken
    )
    {
        var (holdings, problem) = await service.ListAsync(user.Id, id, cancellationToken);
        return holdings is null ? TypedResults.NotFound()
            : problem is not null ? Unavailable(problem)
            : TypedResults.Ok(new ApiList<HoldingView>([.. holdings.Select(HoldingView.Of)], null));
    }

    private static async Task<Results<Ok<HoldingChange>, NotFound, ValidationProblem, ProblemHttpResult>> AssignAsync(
        Guid id,
        string asset,
        AssignInput input,
        CurrentUser user,
        HoldingService service,
        CancellationToken cancellationToken
    ) => Answer(await service.AssignAsync(user.Id, id, asset, input, cancellationToken));

    private static async Task<Results<Ok<HoldingChange>, NotFound, ValidationProblem, ProblemHttpResult>> WriteOffAsync(
        Guid id,
        string asset,
        WriteOffInput input,
        CurrentUser user,
        HoldingService service,
        CancellationToken cancellationToken
    ) => Answer(await service.WriteOffAsync(user.Id, id, asset, input, cancellationToken));

    private static Results<Ok<HoldingChange>, NotFound, ValidationProblem, ProblemHttpResult> Answer(HoldingResult result) =>
        result switch
        {
            HoldingResult.Done done => TypedResults.Ok(new HoldingChange(done.Position.Id, done.Position.Symbol, done.Position.Quantity)),
            HoldingResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            HoldingResult.Refused refused => ApiProblems.Refused(refused.Refusal),
            HoldingResult.Unknown unknown => Unavailable(unknown.Reason),
            _ => TypedResults.NotFound(),
        };

    private static ProblemHttpResult Unavailable(string reason) =>
        ApiProblems.Problem(StatusCodes.Status503ServiceUnavailable, FaultCodes.ExchangeUnavailable, reason);
}

/// <param name="Exchange">Free and locked.</param>
/// <param name="Positions">The sum over all owners.</param>
/// <param name="Unassigned">The difference; negative when the exchange has less than the positions say.</param>
/// <param name="ForeignLocked">Locked by orders that are not ours.</param>
public sealed record HoldingView(string Asset, decimal Exchange, decimal Positions, decimal Unassigned, decimal ForeignLocked)
{
    public static HoldingView Of(AssetHolding h) => new(h.Asset, h.Exchange, h.Positions, h.Unassigned, h.ForeignLocked);
}

/// <param name="Quantity">What the position holds now, in base.</param>
public sealed record HoldingChange(Guid PositionId, string Symbol, decimal Quantity);
