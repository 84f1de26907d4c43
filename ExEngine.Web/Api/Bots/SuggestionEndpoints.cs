using System.Text.Json.Nodes;
using ExEngine.Core.Bots.Suggestions;
using ExEngine.Core.Exchanges;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Bots;

/// <summary><c>POST /api/bots/suggest</c>: settings that go with how a market moved, with their reasons and three backtests.</summary>
public static class SuggestionEndpoints
{
    public static void MapBotSuggestions(this IEndpointRouteBuilder api) =>
        api.MapPost("/bots/suggest", SuggestAsync)
            .WithTags("Bots")
            .WithSummary(
                "Suggests settings of a DCA or grid bot from a market's hourly candles, says why, and how they would have done over "
                    + "30, 90 and 365 days; nothing is stored or sent. The first call of a market reads a year of candles"
            );

    private static async Task<Results<Ok<SuggestionView>, NotFound, ValidationProblem, ProblemHttpResult>> SuggestAsync(
        SuggestionRequest ask,
        CurrentUser user,
        SuggestionService service,
        CancellationToken cancellationToken
    )
    {
        var boldness = ask.Preset is null ? Boldness.Middle : RestName.Find<Boldness>(ask.Preset);
        if (boldness is null)
        {
            var message = $"The preset is \"{ask.Preset}\"; careful, middle and bold are known: state one, or leave it out.";
            return ApiProblems.Invalid(new Dictionary<string, string[]> { ["preset"] = [message] });
        }

        var asked = new SuggestionAsk(ask.Kind, ask.AccountId, ask.Symbol, ask.Budget, boldness.Value);
        return await service.OfAsync(user.Id, asked, cancellationToken) switch
        {
            SuggestionResult.Done done => TypedResults.Ok(SuggestionView.Of(done.Report)),
            SuggestionResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            SuggestionResult.Unavailable unavailable => ApiProblems.Problem(
                StatusCodes.Status503ServiceUnavailable,
                FaultCodes.ExchangeUnavailable,
                unavailable.Message
            ),
            _ => TypedResults.NotFound(),
        };
    }
}

/// <param name="Kind"><c>dca</c> or <c>grid</c>.</param>
/// <param name="Budget">In quote: what it may take in all.</param>
/// <param name="Preset"><c>careful</c>, <c>middle</c> or <c>bold</c>; left out, middle.</param>
public sealed record SuggestionRequest(string? Kind, Guid? AccountId, string? Symbol, decimal? Budget, string? Preset);

/// <summary>A suggestion; money in quote, percents of what is put in.</summary>
/// <param name="Settings">What is suggested, to be sent with a bot; all else has its default.</param>
/// <param name="LossAt30">In quote: what becomes of it when the price falls by 30 % from now.</param>
/// <param name="Ranges">Lowest and highest price of the last 7 and 30 days, to choose by instead.</param>
/// <param name="Backtests">Over 30, 90 and 365 days, all three; a grid's range stands around the first price of each.</param>
/// <param name="Problems">Why it could not be started.</param>
public sealed record SuggestionView(
    string Kind,
    JsonObject Settings,
    IReadOnlyList<string> Reasons,
    string Quote,
    decimal Budget,
    decimal LossAt30,
    IReadOnlyList<SuggestionRange> Ranges,
    IReadOnlyList<SuggestionRun> Backtests,
    IReadOnlyList<string> Problems,
    string Source
)
{
    public static SuggestionView Of(SuggestionReport report) =>
        new(
            report.Suggestion.Draft.Kind,
            Json(report.Suggestion.Values),
            report.Suggestion.Reasons,
            report.Quote,
            report.Budget,
            report.LossAt30,
            report.Ranges,
            report.Runs,
            report.Problems,
            report.Source
        );

    private static JsonObject Json(IReadOnlyList<SuggestedValue> values)
    {
        var all = new JsonObject();
        foreach (var value in values)
        {
            var group = all;
            var path = value.Path.Split('.');
            foreach (var name in path[..^1])
            {
                group = (JsonObject)(group[name] ??= new JsonObject());
            }

            group[path[^1]] = value.Value;
        }

        return all;
    }
}
