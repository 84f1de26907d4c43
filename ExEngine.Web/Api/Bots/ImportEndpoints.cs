using System.Text.Json;
using ExEngine.Core.Bots.Import;
using ExEngine.Core.Bots.Running;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Bots;

/// <summary><c>POST /api/bots/import</c>: a bot of 3Commas in the settings of here, and made of them when that is asked for.</summary>
public static class ImportEndpoints
{
    public static void MapBotImport(this IEndpointRouteBuilder api) =>
        api.MapPost("/bots/import", ImportAsync)
            .WithTags("Bots")
            .Accepts<BotImportRequest>("application/json")
            .WithSummary(
                "The settings that a DCA or grid bot of 3Commas becomes, and what could not be carried over; with create it is made, not started"
            );

    private static async Task<
        Results<Ok<BotImportView>, Created<BotImportView>, NotFound, ValidationProblem, ProblemHttpResult>
    > ImportAsync(
        JsonElement body,
        CurrentUser user,
        BotService service,
        BotQuery bots,
        BotReplies replies,
        CancellationToken cancellationToken
    )
    {
        var ask = BotImportRequest.Of(body);
        if (ask is null)
        {
            return ApiProblems.Invalid(new Dictionary<string, string[]> { ["bot"] = [BotImportRequest.Expected] });
        }

        switch (ThreeCommasImport.Read(ask.Bot!.Value, ask.Symbol))
        {
            case BotImportResult.Read { Import: var import }:
                import = import with { Name = string.IsNullOrWhiteSpace(ask.Name) ? import.Name : ask.Name.Trim() };
                if (ask.Create != true)
                {
                    return TypedResults.Ok(BotImportView.Of(import, null));
                }

                if (import.Missing.Count > 0)
                {
                    return ApiProblems.Invalid(import.Missing.ToDictionary());
                }

                return await service.CreateAsync(user.Id, Input(import, ask.AccountId), cancellationToken) switch
                {
                    BotResult.Done { Bot: var made } when await bots.FindAsync(user.Id, made.Id, cancellationToken) is { } row =>
                        TypedResults.Created($"/api/bots/{made.Id}", BotImportView.Of(import, replies.ViewOf(row))),
                    BotResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
                    BotResult.Refused refused => BotReplies.Problem(refused),
                    _ => TypedResults.NotFound(),
                };
            case BotImportResult.Invalid wrong:
                return ApiProblems.Invalid(wrong.Errors);
            case var other:
                throw new InvalidOperationException(other.ToString());
        }
    }

    private static BotInput Input(BotImport import, Guid? accountId) =>
        new()
        {
            Kind = import.Kind,
            Name = import.Name,
            AccountId = accountId,
            Symbol = import.Symbol,
            Settings = JsonSerializer.Deserialize<JsonElement>(import.Settings),
        };
}
