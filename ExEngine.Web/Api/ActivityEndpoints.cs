using ExEngine.Core.Portfolio.Activities;
using ExEngine.Core.Text;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary><c>/api/activity</c>: executions, refusals and alarms in one list.</summary>
public static class ActivityEndpoints
{
    public static void MapActivity(this IEndpointRouteBuilder api) =>
        api.MapGet("/activity", ListAsync)
            .WithTags("Activity")
            .WithSummary("What happened, newest first: fills, protectionExits, refusals and alarms");

    private static async Task<Results<Ok<ApiList<ActivityEntry>>, ValidationProblem>> ListAsync(
        [AsParameters] ActivityListQuery ask,
        [AsParameters] ApiPage page,
        CurrentUser user,
        ActivityQuery activity,
        CancellationToken cancellationToken
    )
    {
        if (ask.Errors is { } errors)
        {
            return ApiProblems.Invalid(errors);
        }

        var entries = await activity.ListAsync(user.Id, ask.Filter, page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(entries, page, e => e.Id.ToString(), e => e));
    }
}

/// <summary>The filters of the list as a query states them.</summary>
/// <param name="Kind">An <see cref="ActivityKind"/> by name.</param>
public readonly record struct ActivityListQuery(string? Kind, string? Symbol, Guid? AccountId)
{
    /// <summary>Null when all fields can be understood.</summary>
    public Dictionary<string, string[]>? Errors
    {
        get
        {
            var errors = new Dictionary<string, string[]>();
            if (!string.IsNullOrEmpty(Kind) && Named is null)
            {
                errors["kind"] = ["kind is one of fill, protectionExit, refusal, alarm."];
            }

            if (Symbol is not null && !StoredText.Fits(Symbol))
            {
                errors["symbol"] = [$"symbol {StoredText.Rule}"];
            }

            return errors.Count == 0 ? null : errors;
        }
    }

    public ActivityFilter Filter => new(Named, AccountId, Symbol);

    private ActivityKind? Named => RestName.Find<ActivityKind>(Kind);
}
