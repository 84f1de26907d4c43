using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Risk;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary>Trading states and limits of the user, an account or a webhook. The strictest of the three counts for each order.</summary>
public static class RiskEndpoints
{
    private const string Limits =
        "Values and losses are in the user's currency (USDT unless set), whatever is traded. What makes a position smaller passes every limit. "
        + "maxDailyLoss lasts until the day of the user's time zone ends (UTC unless set), maxUnrealizedLoss while it lasts, maxDrawdown until resetDrawdown or another limit.";

    public static void MapRisk(this IEndpointRouteBuilder api)
    {
        var risk = api.MapGroup("").WithTags("Risk");
        risk.MapGet("/risk", GetMineAsync)
            .WithSummary(
                "State and limits of all your trading, what they are held against now, and what accounts and webhooks have of their own"
            );
        risk.MapPut("/risk", SetMineAsync)
            .WithSummary("state: active, reduceOnly or halted; haltProtection: a halt stops protection and closes too; limits as a whole")
            .WithDescription(Limits + " currency is the one of all limits, of accounts and webhooks too; changing it keeps their numbers.");
        risk.MapGet("/accounts/{id:guid}/risk", GetOfAccountAsync).WithSummary("State and limits of an account, and its figures now");
        risk.MapPut("/accounts/{id:guid}/risk", SetOfAccountAsync).WithSummary("State and limits of an account").WithDescription(Limits);
        risk.MapGet("/webhooks/{id:guid}/risk", GetOfWebhookAsync).WithSummary("State and limits of a webhook, and its figures now");
        risk.MapPut("/webhooks/{id:guid}/risk", SetOfWebhookAsync).WithSummary("State and limits of a webhook").WithDescription(Limits);
    }

    private static async Task<Ok<RiskView>> GetMineAsync(
        CurrentUser user,
        RiskService service,
        RiskFigureReader figures,
        CancellationToken cancellationToken
    )
    {
        var mine = (RiskResult.Done)await service.FindAsync(user.Id, RiskScope.User, user.Id, cancellationToken);
        var all = await service.ListAsync(user.Id, cancellationToken);
        var now = await figures.ReadAsync(mine.Setting, mine.Currency, cancellationToken);
        return TypedResults.Ok(
            RiskView.Of(mine, now) with
            {
                Scopes = [.. all.Where(s => s.Scope != RiskScope.User).Select(RiskScopeView.Of)],
            }
        );
    }

    private static Task<Results<Ok<RiskView>, NotFound, ValidationProblem>> SetMineAsync(
        CurrentUser user,
        RiskInput input,
        RiskService service,
        CancellationToken cancellationToken
    ) => SetAsync(user, RiskScope.User, user.Id, input, service, cancellationToken);

    private static Task<Results<Ok<RiskView>, NotFound>> GetOfAccountAsync(
        CurrentUser user,
        Guid id,
        RiskService service,
        RiskFigureReader figures,
        CancellationToken cancellationToken
    ) => GetAsync(user, RiskScope.Account, id, service, figures, cancellationToken);

    private static Task<Results<Ok<RiskView>, NotFound, ValidationProblem>> SetOfAccountAsync(
        CurrentUser user,
        Guid id,
        RiskInput input,
        RiskService service,
        CancellationToken cancellationToken
    ) => SetAsync(user, RiskScope.Account, id, input, service, cancellationToken);

    private static Task<Results<Ok<RiskView>, NotFound>> GetOfWebhookAsync(
        CurrentUser user,
        Guid id,
        RiskService service,
        RiskFigureReader figures,
        CancellationToken cancellationToken
    ) => GetAsync(user, RiskScope.Webhook, id, service, figures, cancellationToken);

    private static Task<Results<Ok<RiskView>, NotFound, ValidationProblem>> SetOfWebhookAsync(
        CurrentUser user,
        Guid id,
        RiskInput input,
        RiskService service,
        CancellationToken cancellationToken
    ) => SetAsync(user, RiskScope.Webhook, id, input, service, cancellationToken);

    private static async Task<Results<Ok<RiskView>, NotFound>> GetAsync(
        CurrentUser user,
        RiskScope scope,
        Guid id,
        RiskService service,
        RiskFigureReader figures,
        CancellationToken cancellationToken
    ) =>
        await service.FindAsync(user.Id, scope, id, cancellationToken) is RiskResult.Done done
            ? TypedResults.Ok(RiskView.Of(done, await figures.ReadAsync(done.Setting, done.Currency, cancellationToken)))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<RiskView>, NotFound, ValidationProblem>> SetAsync(
        CurrentUser user,
        RiskScope scope,
        Guid id,
        RiskInput input,
        RiskService service,
        CancellationToken cancellationToken
    ) =>
        await service.SetAsync(user.Id, scope, id, input, cancellationToken) switch
        {
            RiskResult.Done done => TypedResults.Ok(RiskView.Of(done)),
            RiskResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            _ => TypedResults.NotFound(),
        };
}
