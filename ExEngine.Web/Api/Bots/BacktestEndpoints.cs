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
        backtests.MapJobs(JobKind.Backtest, "backtest");
        backtests.MapPost("", CreateAsync).WithSummary("Plays a bot on past candles in the background; the answer has the id to look at");
        backtests
            .MapPost("candles", UploadAsync)
            .WithSummary("Takes candles as CSV (time,open,high,low,close,volume; at most 32 MB) and answers the id to name as data.upload");
        backtests.MapGet("{id:guid}/fills", FillsAsync).WithSummary("Fills of one that is done, newest first");
        backtests
            .MapGet("{id:guid}/fills/export", ExportAsync)
            .WithSummary("Fills of one that is done as CSV, oldest first")
            .Produces(200, contentType: CsvExport.ContentType);
    }

    private static async Task<Results<Accepted<BacktestView>, NotFound, ValidationProblem, ProblemHttpResult>> CreateAsync(
        BacktestInput input,
        CurrentUser user,
        BacktestService service,
        CancellationToken cancellationToken
    ) => JobEndpoints.Answer(await service.CreateAsync(user.Id, input, cancellationToken), "backtest");

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
