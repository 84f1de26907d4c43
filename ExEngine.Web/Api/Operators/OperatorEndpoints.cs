using ExEngine.Core.Markets;
using ExEngine.Web.Api.Auth;
using ExEngine.Web.Users.Operators;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Operators;

/// <summary><c>/api/operator/users</c>: who has an account here, and who may come in.</summary>
public static class OperatorEndpoints
{
    public static void MapOperator(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/operator").WithTags("Operator").ForOperators();
        group.MapInvitations();
        var users = group.MapGroup("/users");
        users.MapGet("", ListAsync).WithSummary("Everybody who has an account, newest first; nothing of what they hold");
        users
            .MapPost("{id:guid}/disable", DisableAsync)
            .NeedsConfirmation()
            .WithSummary("Keeps a user out at once; open orders, stops and alerts that were taken go on")
            .ProducesProblem(StatusCodes.Status409Conflict);
        users.MapPost("{id:guid}/enable", EnableAsync).NeedsConfirmation().WithSummary("Lets a user in again");
        users
            .MapPost("{id:guid}/end-sessions", EndSessionsAsync)
            .NeedsConfirmation()
            .WithSummary("Signs a user out everywhere, tokens included");
        users
            .MapPost("{id:guid}/reset-link", ResetLinkAsync)
            .NeedsConfirmation()
            .WithSummary("A link that sets a new password once, within a day: give it to its user and to nobody else");
    }

    private static async Task<Ok<ApiList<UserLine>>> ListAsync(
        [AsParameters] ApiPage page,
        UserRoster roster,
        CancellationToken cancellationToken
    )
    {
        var rows = await roster.ListAsync(page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, u => u.Id.ToString(), u => u));
    }

    private static async Task<Results<Ok<UserLine>, NotFound, ProblemHttpResult>> DisableAsync(
        Guid id,
        HttpContext context,
        OperatorActs acts,
        UserRoster roster,
        CancellationToken cancellationToken
    ) => await AnswerAsync(await acts.DisableAsync(context.Actor(), id, cancellationToken), id, roster, cancellationToken);

    private static async Task<Results<Ok<UserLine>, NotFound, ProblemHttpResult>> EnableAsync(
        Guid id,
        HttpContext context,
        OperatorActs acts,
        UserRoster roster,
        CancellationToken cancellationToken
    ) => await AnswerAsync(await acts.EnableAsync(context.Actor(), id, cancellationToken), id, roster, cancellationToken);

    private static async Task<Results<Ok<UserLine>, NotFound, ProblemHttpResult>> EndSessionsAsync(
        Guid id,
        HttpContext context,
        OperatorActs acts,
        UserRoster roster,
        CancellationToken cancellationToken
    ) => await AnswerAsync(await acts.EndSessionsAsync(context.Actor(), id, cancellationToken), id, roster, cancellationToken);

    private static async Task<Results<Ok<ResetLinkView>, NotFound>> ResetLinkAsync(
        Guid id,
        HttpContext context,
        OperatorActs acts,
        CancellationToken cancellationToken
    ) =>
        await acts.ResetLinkAsync(context.Actor(), id, cancellationToken) is { } link
            ? TypedResults.Ok(new ResetLinkView(link.Url, link.ExpiresAt))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<UserLine>, NotFound, ProblemHttpResult>> AnswerAsync(
        UserChange change,
        Guid id,
        UserRoster roster,
        CancellationToken cancellationToken
    ) =>
        change == UserChange.LastOperator
            ? ApiProblems.Problem(
                StatusCodes.Status409Conflict,
                ProblemCodes.LastOperator,
                "This is the only operator that is not disabled: nobody could undo it. Make another user operator first."
            )
        : change == UserChange.Done && await roster.FindAsync(id, cancellationToken) is { } user ? TypedResults.Ok(user)
        : TypedResults.NotFound();
}

/// <param name="Url">Whoever opens it sets the password.</param>
/// <param name="ExpiresAt">UTC.</param>
public sealed record ResetLinkView(string Url, DateTime ExpiresAt)
{
    public override string ToString() => nameof(ResetLinkView);
}
