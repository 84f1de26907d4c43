using ExEngine.Core.Risk;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary>Trading states and limits of the user, an account or a webhook. The strictest of the three counts for each order.</summary>
public static class RiskEndpoints
{
    public static void MapRisk(this IEndpointRouteBuilder api)
    {
        var risk = api.MapGroup("").WithTags("Risk");
        risk.MapGet("/risk", GetMineAsync)
            .WithSummary("State and limits of all your trading, and those that accounts and webhooks have of their own");
        risk.MapPut("/risk", SetMineAsync)
            .WithSummary("state: active, reduceOnly or halted; haltProtection: a halt stops protection and closes too; limits as a whole");
        risk.MapGet("/accounts/{id:guid}/risk", GetOfAccountAsync);
        risk.MapPut("/accounts/{id:guid}/risk", SetOfAccountAsync);
        risk.MapGet("/webhooks/{id:guid}/risk", GetOfWebhookAsync);
        risk.MapPut("/webhooks/{id:guid}/risk", SetOfWebhookAsync);
    }

    private static async Task<Ok<RiskOverview>> GetMineAsync(CurrentUser user, RiskService service, CancellationToken cancellationToken)
    {
        var mine = (RiskResult.Done)await service.FindAsync(user.Id, RiskScope.User, user.Id, cancellationToken);
        var all = await service.ListAsync(user.Id, cancellationToken);
        return TypedResults.Ok(
            new RiskOverview(
                mine.Setting.State,
                mine.State,
                mine.Setting.HaltProtection,
                RiskLimitInput.Of(mine.Setting),
                mine.Setting.ReduceOnlyUntil,
                [
                    .. all.Where(s => s.Scope != RiskScope.User)
                        .Select(s => new RiskScopeView(
                            s.Scope,
                            s.ScopeId,
                            s.State,
                            s.HaltProtection,
                            RiskLimitInput.Of(s),
                            s.ReduceOnlyUntil
                        )),
                ]
            )
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
        CancellationToken cancellationToken
    ) => GetAsync(user, RiskScope.Account, id, service, cancellationToken);

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
        CancellationToken cancellationToken
    ) => GetAsync(user, RiskScope.Webhook, id, service, cancellationToken);

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
        CancellationToken cancellationToken
    ) =>
        await service.FindAsync(user.Id, scope, id, cancellationToken) is RiskResult.Done done
            ? TypedResults.Ok(RiskView.Of(done))
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

/// <param name="State">What was set.</param>
/// <param name="EffectiveState">What holds now: reaching the daily loss makes it reduce-only at least.</param>
/// <param name="HaltProtection">While halted, protection and closes stop too: what is held is then unprotected.</param>
/// <param name="ReduceOnlyUntil">The end of that; it lies ahead or is past.</param>
public sealed record RiskView(
    TradingState State,
    TradingState EffectiveState,
    bool HaltProtection,
    RiskLimitInput Limits,
    DateTime? ReduceOnlyUntil
)
{
    public static RiskView Of(RiskResult.Done done) =>
        new(done.Setting.State, done.State, done.Setting.HaltProtection, RiskLimitInput.Of(done.Setting), done.Setting.ReduceOnlyUntil);
}

/// <param name="Scopes">Accounts and webhooks with a state or limits of their own.</param>
public sealed record RiskOverview(
    TradingState State,
    TradingState EffectiveState,
    bool HaltProtection,
    RiskLimitInput Limits,
    DateTime? ReduceOnlyUntil,
    IReadOnlyList<RiskScopeView> Scopes
);

/// <param name="Scope">account or webhook.</param>
public sealed record RiskScopeView(
    RiskScope Scope,
    Guid Id,
    TradingState State,
    bool HaltProtection,
    RiskLimitInput Limits,
    DateTime? ReduceOnlyUntil
);
