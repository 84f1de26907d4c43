using ExEngine.Core.Bots.Backtest;
using ExEngine.Core.Bots.Backtest.Candles;
using ExEngine.Core.Bots.Backtest.Jobs;
using ExEngine.Core.Markets;
using ExEngine.Web.Api.Csv;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Bots;

/// <summary><c>/api/backtests</c>: bots played on past candles, in the background.</summary>
public static class BacktestEndpoints
{
    public static void MapBacktests(this IEndpointRouteBuilder api)
    {
        var backtests = api.MapGroup("/backtests").WithTags("Backtests");
        backtests.MapGet("", ListAsync).WithSummary("Backtests, newest first, with a few figures of those that are done");
        backtests.MapPost("", CreateAsync).WithSummary("Plays a bot on past candles in the background; the answer has the id to look at");
        backtests
            .MapPost("candles", UploadAsync)
            .WithSummary("Takes candles as CSV (time,open,high,low,close,volume; at most 32 MB) and answers the id to name as data.upload");
        backtests.MapGet("{id:guid}", GetAsync).WithSummary("One backtest: its progress, and its result once it is done");
        backtests.MapDelete("{id:guid}", RemoveAsync).WithSummary("Cancels one that is not over, and deletes one that is");
        backtests
            .MapPost("{id:guid}/run", RunAsync)
            .WithSummary("Runs one again that was interrupted, cancelled or failed, on the same candles");
        backtests.MapGet("{id:guid}/fills", FillsAsync).WithSummary("Fills of one that is done, newest first");
        backtests
            .MapGet("{id:guid}/fills/export", ExportAsync)
            .WithSummary("Fills of one that is done as CSV, oldest first")
            .Produces(200, contentType: CsvExport.ContentType);
    }

    internal static ProblemHttpResult TooMany() =>
        ApiProblems.Problem(
            StatusCodes.Status409Conflict,
            ProblemCodes.TooManyBacktests,
            $"{BacktestService.MostActive} backtests and sweeps are under way, which is all that one user may have; wait, or cancel one.",
            ("limit", BacktestService.MostActive)
        );

    private static async Task<Ok<ApiList<BacktestView>>> ListAsync(
        [AsParameters] ApiPage page,
        CurrentUser user,
        BacktestService service,
        CancellationToken cancellationToken
    )
    {
        var rows = await service.ListAsync(user.Id, JobKind.Backtest, page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, j => j.Id.ToString(), BacktestView.Of));
    }

    private static async Task<Results<Accepted<BacktestView>, NotFound, ValidationProblem, ProblemHttpResult>> CreateAsync(
        BacktestInput input,
        CurrentUser user,
        BacktestService service,
        CancellationToken cancellationToken
    ) =>
        await service.CreateAsync(user.Id, input, cancellationToken) switch
        {
            JobAnswer.Done done => TypedResults.Accepted($"/api/backtests/{done.Job.Id}", BacktestView.Of(done.Job)),
            JobAnswer.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            JobAnswer.TooMany => TooMany(),
            _ => TypedResults.NotFound(),
        };

    private static async Task<Results<Ok<CandleUpload>, ProblemHttpResult>> UploadAsync(
        HttpContext http,
        CurrentUser user,
        CandleUploads uploads,
        CancellationToken cancellationToken
    )
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = CandleUploads.MaxBytes;
        }

        var length = (int)Math.Min(http.Request.ContentLength ?? CandleUploads.MaxBytes, CandleUploads.MaxBytes);
        using var body = new MemoryStream(length);
        await http.Request.Body.CopyToAsync(body, cancellationToken);
        try
        {
            return TypedResults.Ok(
                await Task.Run(() => uploads.Save(user.Id, body.GetBuffer().AsSpan(0, (int)body.Length)), cancellationToken)
            );
        }
        catch (FormatException e)
        {
            return ApiProblems.Problem(StatusCodes.Status400BadRequest, ProblemCodes.BadRequest, e.Message);
        }
    }

    private static async Task<Results<Ok<BacktestView>, NotFound>> GetAsync(
        Guid id,
        CurrentUser user,
        BacktestService service,
        CancellationToken cancellationToken
    ) =>
        await service.FindAsync(user.Id, JobKind.Backtest, id, cancellationToken) is { } job
            ? TypedResults.Ok(BacktestView.Of(job))
            : TypedResults.NotFound();

    private static async Task<Results<NoContent, NotFound>> RemoveAsync(
        Guid id,
        CurrentUser user,
        BacktestService service,
        CancellationToken cancellationToken
    ) => await service.RemoveAsync(user.Id, JobKind.Backtest, id, cancellationToken) ? TypedResults.NoContent() : TypedResults.NotFound();

    private static async Task<Results<Accepted<BacktestView>, NotFound>> RunAsync(
        Guid id,
        CurrentUser user,
        BacktestService service,
        CancellationToken cancellationToken
    ) =>
        await service.RunAgainAsync(user.Id, JobKind.Backtest, id, cancellationToken) is { } job
            ? TypedResults.Accepted($"/api/backtests/{id}", BacktestView.Of(job))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<ApiList<BacktestFill>>, NotFound>> FillsAsync(
        Guid id,
        int? limit,
        string? cursor,
        CurrentUser user,
        BacktestService service,
        CancellationToken cancellationToken
    )
    {
        if (await service.FillsAsync(user.Id, id, cancellationToken) is not { } fills)
        {
            return TypedResults.NotFound();
        }

        // The cursor is a count: fills of a result never change.
        var (take, skip) = (new ApiPage(limit, null).Take, 0);
        if (!string.IsNullOrEmpty(cursor) && (!int.TryParse(cursor, out skip) || skip < 0))
        {
            throw new BadHttpRequestException("cursor is the nextCursor of the page before; leave it out for the first page.");
        }

        var rows = fills.Reverse().Skip(skip).Take(take).ToList();
        var next = skip + rows.Count < fills.Count ? $"{skip + rows.Count}" : null;
        return TypedResults.Ok(new ApiList<BacktestFill>(rows, next));
    }

    private static async Task<Results<PushStreamHttpResult, NotFound>> ExportAsync(
        Guid id,
        CurrentUser user,
        BacktestService service,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        await service.FillsAsync(user.Id, id, cancellationToken) is { } fills
            ? CsvExport.File(
                "backtest-fills",
                time.GetUtcNow(),
                BacktestFillCsv.Head,
                fills.ToAsyncEnumerable(),
                BacktestFillCsv.Write,
                cancellationToken
            )
            : TypedResults.NotFound();
}
