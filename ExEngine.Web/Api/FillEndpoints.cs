using ExEngine.Core.Orders.Queries;
using ExEngine.Web.Api.Csv;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary><c>/api/fills</c>: what was executed.</summary>
public static class FillEndpoints
{
    public static void MapFills(this IEndpointRouteBuilder api) =>
        api.MapGet("/fills/export", Export)
            .WithTags("Fills")
            .WithSummary("Executions as CSV, of an account, a symbol and a time when stated")
            .Produces(200, contentType: CsvExport.ContentType);

    private static Results<PushStreamHttpResult, ValidationProblem> Export(
        [AsParameters] FillListQuery ask,
        CurrentUser user,
        FillQuery fills,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var orders = new OrderListQuery(null, ask.Symbol, ask.AccountId, ask.From, ask.To);
        return orders.Errors is { } errors
            ? ApiProblems.Invalid(errors)
            : CsvExport.File(
                "fills",
                time.GetUtcNow(),
                FillCsv.Head,
                fills.AllAsync(user.Id, orders.Filter, cancellationToken),
                FillCsv.Write,
                cancellationToken
            );
    }
}

/// <summary>The filters of executions as a query states them.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public readonly record struct FillListQuery(string? Symbol, Guid? AccountId, DateTimeOffset? From, DateTimeOffset? To);
