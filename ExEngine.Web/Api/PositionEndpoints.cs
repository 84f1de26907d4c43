using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Protection;
using ExEngine.Web.Api.Csv;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ExEngine.Web.Api;

/// <summary><c>/api/positions</c>: what is held through the user's own fills, and what it earned.</summary>
public static class PositionEndpoints
{
    public static void MapPositions(this IEndpointRouteBuilder api)
    {
        var positions = api.MapGroup("/positions").WithTags("Positions");
        positions.MapGet("", ListAsync).WithSummary("Positions, newest first; open=true leaves out the flat ones");
        positions
            .MapGet("/export", ExportAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .WithSummary("Positions as CSV, newest first; open=true leaves out the flat ones");
        positions.MapGet("{id:guid}", GetAsync).WithSummary("One position with its open orders and fills");
        positions
            .MapPost("{id:guid}/close", CloseAsync)
            .WithSummary(
                "Sells a share of what is held at market, all of it without a body; the same Idempotency-Key again asks for nothing new"
            );
        positions
            .MapPut("{id:guid}/protection", ProtectAsync)
            .WithSummary(
                "Replaces take-profits and stop-loss, an empty one takes them away; 422 for what would sell at once, unless confirm is true"
            );
    }

    private static async Task<Ok<ApiList<PositionView>>> ListAsync(
        bool? open,
        Guid? accountId,
        [AsParameters] ApiPage page,
        CurrentUser user,
        PositionQuery positions,
        PriceFeed prices,
        CancellationToken cancellationToken
    )
    {
        var rows = await positions.ListAsync(user.Id, open, accountId, page.Before, page.TakeAndOne, cancellationToken);
        var last = await LastAsync(rows, prices, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, r => r.Id.ToString(), r => PositionView.Of(r, last[(r.Exchange, r.Symbol)])));
    }

    private static async Task<PushStreamHttpResult> ExportAsync(
        bool? open,
        Guid? accountId,
        CurrentUser user,
        PositionQuery positions,
        PriceFeed prices,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var rows = await positions.ListAsync(user.Id, open, accountId, null, PositionCsv.MaxRows, cancellationToken);
        var last = await LastAsync(rows, prices, cancellationToken);
        var views = rows.Select(r => PositionView.Of(r, last[(r.Exchange, r.Symbol)]));
        return CsvExport.File(
            "positions",
            time.GetUtcNow(),
            PositionCsv.Head,
            views.ToAsyncEnumerable(),
            PositionCsv.Write,
            cancellationToken
        );
    }

    private static async Task<Results<Ok<PositionDetailsView>, NotFound>> GetAsync(
        Guid id,
        CurrentUser user,
        PositionQuery positions,
        PriceFeed prices,
        CancellationToken cancellationToken
    )
    {
        if (await positions.DetailsAsync(user.Id, id, cancellationToken) is not { } story)
        {
            return TypedResults.NotFound();
        }

        var last = await LastAsync([story.Row], prices, cancellationToken);
        return TypedResults.Ok(
            new PositionDetailsView(
                PositionView.Of(story.Row, last[(story.Row.Exchange, story.Row.Symbol)]),
                [.. story.Orders.Select(OrderView.Of)],
                [.. story.Fills.Select(FillView.Of)]
            )
        );
    }

    private static async Task<Results<Accepted<PositionView>, NotFound, ValidationProblem>> CloseAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        CloseInput? input,
        CurrentUser user,
        PositionService service,
        PositionQuery positions,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) =>
        await service.CloseAsync(
            user.Id,
            IdempotencyKey.PressOf(user.Id, key) ?? service.NewKey(),
            id,
            input?.Percent ?? 100,
            cancellationToken
        ) switch
        {
            PositionResult.NotFound => TypedResults.NotFound(),
            PositionResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            _ => TypedResults.Accepted($"/api/positions/{id}", await ViewAsync(id, user, positions, prices, cancellationToken)),
        };

    private static async Task<Results<Ok<PositionView>, NotFound, ValidationProblem, ProblemHttpResult>> ProtectAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        ProtectionInput input,
        CurrentUser user,
        PositionService service,
        PositionQuery positions,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) =>
        await service.ProtectAsync(user.Id, IdempotencyKey.PressOf(user.Id, key) ?? service.NewKey(), id, input, cancellationToken) switch
        {
            PositionResult.NotFound => TypedResults.NotFound(),
            PositionResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            PositionResult.Refused refused => ApiProblems.Refused(refused.Refusal),
            _ => TypedResults.Ok(await ViewAsync(id, user, positions, prices, cancellationToken)),
        };

    private static async Task<PositionView> ViewAsync(
        Guid id,
        CurrentUser user,
        PositionQuery positions,
        PriceFeed prices,
        CancellationToken cancellationToken
    )
    {
        var row = (await positions.FindAsync(user.Id, id, cancellationToken))!;
        return PositionView.Of(row, (await LastAsync([row], prices, cancellationToken))[(row.Exchange, row.Symbol)]);
    }

    // All at once: an exchange that is slow costs its own patience only once.
    private static async Task<IReadOnlyDictionary<(string, string), decimal?>> LastAsync(
        IReadOnlyList<PositionRow> rows,
        PriceFeed prices,
        CancellationToken cancellationToken
    )
    {
        var wanted = rows.Select(r => (r.Exchange, r.Symbol)).Distinct().ToList();
        var tickers = await Task.WhenAll(wanted.Select(w => prices.GetAsync(w.Exchange, w.Symbol, cancellationToken).AsTask()));
        return wanted.Zip(tickers).ToDictionary(p => p.First, p => p.Second?.Last);
    }
}

/// <param name="Percent">Of what is held: above 0, at most 100. Default: 100.</param>
public sealed record CloseInput(decimal? Percent);
