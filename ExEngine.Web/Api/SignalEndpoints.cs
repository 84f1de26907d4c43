using ExEngine.Core.Webhooks.Signals;
using ExEngine.Web.Api.Csv;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api;

/// <summary><c>/api/signals</c>: what came in, and what became of it.</summary>
public static class SignalEndpoints
{
    public static void MapSignals(this RouteGroupBuilder api)
    {
        var signals = api.MapGroup("/signals").WithTags("Signals");
        signals.MapGet("/", ListAsync).WithSummary("Signals, newest first");
        signals.MapGet("/export", Export).WithSummary("The filtered signals as CSV").Produces(200, contentType: CsvExport.ContentType);
        signals.MapGet("/{id:guid}", GetAsync).WithSummary("One signal with its payload, draft, checks, orders and timeline");
        signals.MapPost("/{id:guid}/replay", ReplayAsync).WithSummary("What would become of this payload now; stores and trades nothing");
    }

    private static async Task<Results<Ok<ApiList<SignalView>>, ValidationProblem>> ListAsync(
        [AsParameters] SignalListQuery ask,
        [AsParameters] ApiPage page,
        CurrentUser user,
        SignalQuery signals,
        CancellationToken cancellationToken
    )
    {
        if (ask.Errors is { } errors)
        {
            return ApiProblems.Invalid(errors);
        }

        var rows = await signals.ListAsync(user.Id, ask.Filter, page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, r => r.Id.ToString(), SignalView.Of));
    }

    private static async Task<Results<Ok<SignalHistoryView>, NotFound>> GetAsync(
        Guid id,
        CurrentUser user,
        SignalQuery signals,
        CancellationToken cancellationToken
    ) =>
        await signals.FindAsync(user.Id, id, cancellationToken) is { } story
            ? TypedResults.Ok(SignalHistoryView.Of(story))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<DryRunView>, NotFound>> ReplayAsync(
        Guid id,
        CurrentUser user,
        SignalReplay replay,
        CancellationToken cancellationToken
    ) =>
        await replay.DryRunAsync(user.Id, id, cancellationToken) is { } run ? TypedResults.Ok(DryRunView.Of(run)) : TypedResults.NotFound();

    private static Results<PushStreamHttpResult, ValidationProblem> Export(
        [AsParameters] SignalListQuery ask,
        CurrentUser user,
        SignalQuery signals,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        ask.Errors is { } errors
            ? ApiProblems.Invalid(errors)
            : CsvExport.File(
                "signals",
                time.GetUtcNow(),
                SignalCsv.Head,
                signals.AllAsync(user.Id, ask.Filter, cancellationToken),
                SignalCsv.Write,
                cancellationToken
            );
}
