using System.Text.Json;
using ExEngine.Core.Bots.Edits;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Running;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Bots;

/// <summary>
/// <c>POST /api/bots/preview</c> and <c>/api/bots/{id}/preview</c>: what a bot, or an edit of it, would do, before a cent moves.
/// </summary>
public static class PreviewEndpoints
{
    public static void MapBotPreview(this IEndpointRouteBuilder api)
    {
        api.MapPost("/bots/{id:guid}/preview", EditAsync)
            .WithTags("Bots")
            .WithSummary(
                "What saving other settings would cancel, place and move of a running bot, and what of them does not hold for what runs; "
                    + "nothing is stored or sent"
            );
        api.MapPost("/bots/preview", PreviewAsync)
            .WithTags("Bots")
            .WithSummary(
                "Every order that a bot would place, checked against the market's rules and the free balance, and what becomes of it when "
                    + "the price falls; nothing is stored or sent"
            );
    }

    private static async Task<Results<Ok<EditPreviewView>, NotFound, ValidationProblem>> EditAsync(
        Guid id,
        BotInput input,
        CurrentUser user,
        EditPreviewService service,
        CancellationToken cancellationToken
    ) =>
        await service.OfAsync(user.Id, id, input, cancellationToken) switch
        {
            EditPreviewResult.Done done => TypedResults.Ok(EditPreviewView.Of(done.Preview)),
            EditPreviewResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            _ => TypedResults.NotFound(),
        };

    private static async Task<Results<Ok<BotPreviewView>, NotFound, ValidationProblem>> PreviewAsync(
        BotPreviewRequest ask,
        CurrentUser user,
        BotPreviewService service,
        CancellationToken cancellationToken
    ) =>
        await service.OfAsync(user.Id, ask.Ask(), cancellationToken) switch
        {
            BotPreviewResult.Done done => TypedResults.Ok(BotPreviewView.Of(done)),
            BotPreviewResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            _ => TypedResults.NotFound(),
        };
}

/// <param name="Kind"><c>dca</c>, <c>grid</c> or <c>recurring</c>.</param>
/// <param name="Settings">With the names of the kind.</param>
/// <param name="ReferencePrice">Quote per base; left out, the last price.</param>
/// <param name="Falls">Percent for "if it falls"; left out, 5, 10, 20, 30 and 50.</param>
public sealed record BotPreviewRequest(
    string? Kind,
    string? Name,
    Guid? AccountId,
    string? Symbol,
    JsonElement? Settings,
    decimal? ReferencePrice,
    IReadOnlyList<decimal>? Falls
)
{
    public BotPreviewAsk Ask() => new(Kind, AccountId, Symbol, Settings?.GetRawText(), ReferencePrice, Falls);
}
