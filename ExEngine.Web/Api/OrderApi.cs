using ExEngine.Core.Orders;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary><c>/api/orders</c>: what was sent to the exchanges, and what became of it.</summary>
public static class OrderApi
{
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders");
        orders.MapGet("", ListAsync).WithSummary("Orders, newest first; status is a state, or a group of them such as active");
        orders.MapGet("{id:guid}", FindAsync).WithSummary("One order with its fills and transitions");
    }

    private static async Task<Results<Ok<ApiList<OrderView>>, ValidationProblem>> ListAsync(
        [AsParameters] OrderAsk ask, [AsParameters] ApiPage page, CurrentUser user, OrderQuery orders, CancellationToken cancellationToken)
    {
        if (ask.Errors is { } errors)
        {
            return ApiProblems.Invalid(errors);
        }

        var rows = await orders.ListAsync(user.Id, ask.Filter, page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, r => r.Id.ToString(), OrderView.Of));
    }

    private static async Task<Results<Ok<OrderStoryView>, NotFound>> FindAsync(
        Guid id, CurrentUser user, OrderQuery orders, CancellationToken cancellationToken) =>
        await orders.FindAsync(user.Id, id, cancellationToken) is { } story ? TypedResults.Ok(OrderStoryView.Of(story)) : TypedResults.NotFound();
}
