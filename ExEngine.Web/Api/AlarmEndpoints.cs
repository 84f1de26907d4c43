using ExEngine.Core.Alarms;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary><c>/api/alarms</c>: what a person has to know of because money may depend on it.</summary>
public static class AlarmEndpoints
{
    public static void MapAlarms(this IEndpointRouteBuilder api)
    {
        var alarms = api.MapGroup("/alarms").WithTags("Alarms");
        alarms.MapGet("", ListAsync).WithSummary("Alarms, newest first; open=true leaves out those that are over");
        alarms.MapPost("{id:guid}/acknowledge", AcknowledgeAsync).WithSummary("Somebody has seen it; it lasts as long as its trouble");
    }

    private static async Task<Ok<ApiList<AlarmView>>> ListAsync(
        bool? open,
        [AsParameters] ApiPage page,
        CurrentUser user,
        AlarmService service,
        CancellationToken cancellationToken
    )
    {
        var rows = await service.ListAsync(user.Id, open, page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, a => a.Id.ToString(), AlarmView.Of));
    }

    private static async Task<Results<Ok<AlarmView>, NotFound>> AcknowledgeAsync(
        Guid id,
        CurrentUser user,
        AlarmService service,
        CancellationToken cancellationToken
    ) =>
        await service.AcknowledgeAsync(user.Id, id, cancellationToken) is { } alarm
            ? TypedResults.Ok(AlarmView.Of(alarm))
            : TypedResults.NotFound();
}

/// <param name="Actions">What can be done about it over REST: method and path.</param>
public sealed record AlarmView(
    Guid Id,
    AlarmKind Kind,
    DateTime Since,
    DateTime? EndedAt,
    DateTime? AcknowledgedAt,
    Guid? AccountId,
    string? Symbol,
    Guid? OrderId,
    Guid? PositionId,
    string Message,
    IReadOnlyList<string> Actions
)
{
    public static AlarmView Of(Alarm a) =>
        new(
            a.Id,
            a.Kind,
            a.Since,
            a.EndedAt,
            a.AcknowledgedAt,
            a.AccountId,
            a.Symbol,
            a.OrderId,
            a.PositionId,
            a.Message,
            a.EndedAt is null ? [.. ActionsOf(a), $"POST /api/alarms/{a.Id}/acknowledge"] : []
        );

    private static IEnumerable<string> ActionsOf(Alarm a) =>
        a.Kind switch
        {
            AlarmKind.OrderUnknown => [$"GET /api/orders/{a.OrderId}", $"POST /api/orders/{a.OrderId}/not-placed"],
            AlarmKind.StopNotInForce => [$"PUT /api/positions/{a.PositionId}/protection", $"POST /api/positions/{a.PositionId}/close"],
            AlarmKind.ExitNotDone when a.PositionId is { } id => [$"POST /api/positions/{id}/close"],
            AlarmKind.BooksDiffer when a.OrderId is { } id => [$"GET /api/orders/{id}", $"POST /api/orders/{id}/executed"],
            AlarmKind.BooksDiffer =>
            [
                $"GET /api/accounts/{a.AccountId}/holdings",
                $"POST /api/accounts/{a.AccountId}/holdings/{a.Subject.Split(':')[^1]}/write-off",
            ],
            AlarmKind.ChangeNotPlaced => [$"GET /api/orders/{a.OrderId}"],
            AlarmKind.BotNeedsYou => [$"GET /api/bots/{a.Subject}"],
            AlarmKind.KeyRefused => [$"PUT /api/accounts/{a.AccountId}"],
            _ => [],
        };
}
