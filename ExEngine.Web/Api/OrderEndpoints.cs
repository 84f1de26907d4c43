using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Portfolio;
using ExEngine.Web.Api.Csv;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ExEngine.Web.Api;

/// <summary><c>/api/orders</c>: what is wanted, what was sent to the exchanges, and what became of it.</summary>
public static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders");
        orders.MapGet("", ListAsync).WithSummary("Orders, newest first; status is a state, or a group of them such as active");
        orders.MapGet("export", Export).WithSummary("The filtered orders as CSV").Produces(200, contentType: CsvExport.ContentType);
        orders
            .MapPost("", PlaceAsync)
            .WithSummary(
                "Places an order, with the protection of what it buys. The same Idempotency-Key again answers the first one's order"
            );
        orders.MapGet("{id:guid}", GetAsync).WithSummary("One order with its fills and transitions");
        orders
            .MapDelete("{id:guid}", CancelAsync)
            .WithSummary("Asks for a cancel: 202 while it is under way, 200 when the order has ended");
        orders
            .MapPatch("{id:guid}", ReplaceAsync)
            .WithSummary(
                "Changes price and quantity of an open limit order: it is cancelled and, once that is proven, placed anew for what it has not "
                    + "executed. 202 while that is under way, 409 when it cannot be changed any more, 422 when the change is refused: then it "
                    + "stays as it is"
            );
        orders
            .MapPost("{id:guid}/not-placed", SayNotPlacedAsync)
            .WithSummary("For an order in needsOperator: you looked at the exchange, and it was never placed. 409 in any other state");
        orders
            .MapPost("{id:guid}/executed", BookExecutedAsync)
            .WithSummary(
                "For an order whose trades the exchange does not list, as an alarm says: what it executed is booked, at a stated price or the "
                    + "average that the exchange told. 409 in any other state"
            );
        orders
            .MapPost("{id:guid}/acknowledge", AcknowledgeAsync)
            .WithSummary(
                "Ends the alarm of an order with the code placed_after_all: the exchange had it though it was called never placed"
            );
    }

    private static async Task<Results<Ok<ApiList<OrderView>>, ValidationProblem>> ListAsync(
        [AsParameters] OrderListQuery ask,
        [AsParameters] ApiPage page,
        CurrentUser user,
        OrderQuery orders,
        CancellationToken cancellationToken
    )
    {
        if (ask.Errors is { } errors)
        {
            return ApiProblems.Invalid(errors);
        }

        var rows = await orders.ListAsync(user.Id, ask.Filter, page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, r => r.Id.ToString(), OrderView.Of));
    }

    private static Results<PushStreamHttpResult, ValidationProblem> Export(
        [AsParameters] OrderListQuery ask,
        CurrentUser user,
        OrderQuery orders,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        ask.Errors is { } errors
            ? ApiProblems.Invalid(errors)
            : CsvExport.File(
                "orders",
                time.GetUtcNow(),
                OrderCsv.Head,
                orders.AllAsync(user.Id, ask.Filter, cancellationToken),
                OrderCsv.Write,
                cancellationToken
            );

    private static async Task<Results<Ok<OrderDetailsView>, NotFound>> GetAsync(
        Guid id,
        CurrentUser user,
        OrderQuery orders,
        CancellationToken cancellationToken
    ) =>
        await orders.FindAsync(user.Id, id, cancellationToken) is { } story
            ? TypedResults.Ok(OrderDetailsView.Of(story))
            : TypedResults.NotFound();

    private static async Task<Results<Created<OrderDetailsView>, NotFound, ValidationProblem, ProblemHttpResult>> PlaceAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        ProtectedOrderInput input,
        CurrentUser user,
        OrderService service,
        ProtectedOrderService placing,
        OrderQuery orders,
        CancellationToken cancellationToken
    )
    {
        var press = IdempotencyKey.PressOf(user.Id, key) ?? service.NewKey();
        return await placing.PlaceAsync(user.Id, press, input, cancellationToken) switch
        {
            OrderResult.NotFound => TypedResults.NotFound(),
            OrderResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            OrderResult.Refused refused => ApiProblems.Refused(refused.Refusal),
            OrderResult.Done done => TypedResults.Created(
                $"/api/orders/{done.Order.Id}",
                OrderDetailsView.Of((await orders.FindAsync(user.Id, done.Order.Id, cancellationToken))!)
            ),
            var other => throw new InvalidOperationException(other.ToString()),
        };
    }

    private static async Task<Results<Accepted<OrderDetailsView>, Ok<OrderDetailsView>, NotFound>> CancelAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        CurrentUser user,
        OrderService service,
        OrderQuery orders,
        CancellationToken cancellationToken
    )
    {
        // A cancel that was asked for keeps its first time, so the same one again does nothing new, with a key or without.
        _ = IdempotencyKey.PressOf(user.Id, key);
        if (
            await service.CancelAsync(user.Id, id, cancellationToken) is not OrderResult.Done
            || await orders.FindAsync(user.Id, id, cancellationToken) is not { } story
        )
        {
            return TypedResults.NotFound();
        }

        var view = OrderDetailsView.Of(story);
        return story.Row.Status.IsFinal() ? TypedResults.Ok(view) : TypedResults.Accepted($"/api/orders/{id}", view);
    }

    private static async Task<Results<Accepted<OrderDetailsView>, NotFound, ValidationProblem, ProblemHttpResult>> ReplaceAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        ReplaceInput input,
        CurrentUser user,
        OrderService service,
        OrderReplaceService replacing,
        OrderQuery orders,
        CancellationToken cancellationToken
    ) =>
        await replacing.ReplaceAsync(user.Id, IdempotencyKey.PressOf(user.Id, key) ?? service.NewKey(), id, input, cancellationToken) switch
        {
            OrderResult.NotFound => TypedResults.NotFound(),
            OrderResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            OrderResult.Refused { Refusal: { Code: OrderCodes.NotChangeable } refusal } => ApiProblems.Problem(
                StatusCodes.Status409Conflict,
                refusal.Code,
                refusal.Message
            ),
            OrderResult.Refused refused => ApiProblems.Refused(refused.Refusal),
            _ => TypedResults.Accepted($"/api/orders/{id}", OrderDetailsView.Of((await orders.FindAsync(user.Id, id, cancellationToken))!)),
        };

    private static async Task<Results<Ok<OrderDetailsView>, NotFound, ProblemHttpResult>> SayNotPlacedAsync(
        Guid id,
        CurrentUser user,
        ManualResolution resolution,
        OrderQuery orders,
        CancellationToken cancellationToken
    ) => await SettledAsync(await resolution.SayNotPlacedAsync(user.Id, id, cancellationToken), user.Id, id, orders, cancellationToken);

    private static async Task<Results<Ok<OrderDetailsView>, NotFound, ProblemHttpResult>> BookExecutedAsync(
        Guid id,
        ExecutedPrice? input,
        CurrentUser user,
        ManualResolution resolution,
        OrderQuery orders,
        CancellationToken cancellationToken
    ) =>
        await SettledAsync(
            await resolution.BookExecutedAsync(user.Id, id, input?.Price, cancellationToken),
            user.Id,
            id,
            orders,
            cancellationToken
        );

    private static async Task<Results<Ok<OrderDetailsView>, NotFound, ProblemHttpResult>> SettledAsync(
        OrderResult answer,
        Guid userId,
        Guid id,
        OrderQuery orders,
        CancellationToken cancellationToken
    ) =>
        answer switch
        {
            OrderResult.Refused refused => ApiProblems.Problem(
                StatusCodes.Status409Conflict,
                refused.Refusal.Code,
                refused.Refusal.Message
            ),
            OrderResult.Done => TypedResults.Ok(OrderDetailsView.Of((await orders.FindAsync(userId, id, cancellationToken))!)),
            _ => TypedResults.NotFound(),
        };

    private static async Task<Results<Ok<OrderDetailsView>, NotFound>> AcknowledgeAsync(
        Guid id,
        CurrentUser user,
        ManualResolution resolution,
        OrderQuery orders,
        CancellationToken cancellationToken
    ) =>
        await resolution.AcknowledgeAsync(user.Id, id, cancellationToken) is OrderResult.Done
            ? TypedResults.Ok(OrderDetailsView.Of((await orders.FindAsync(user.Id, id, cancellationToken))!))
            : TypedResults.NotFound();
}

/// <param name="Price">Quote per base, above 0; left out, the average that the exchange told.</param>
public sealed record ExecutedPrice(decimal? Price);
