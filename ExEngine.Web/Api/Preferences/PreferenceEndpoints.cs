using ExEngine.Core.Preferences;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExEngine.Web.Api.Preferences;

/// <summary><c>/api/preferences</c>: how pages show things to the user, and what they ask. REST and CSV stay as they are.</summary>
public static class PreferenceEndpoints
{
    public static void MapPreferences(this IEndpointRouteBuilder api)
    {
        var preferences = api.MapGroup("/preferences").WithTags("Preferences");
        preferences.MapGet("", GetAsync).WithSummary("How pages show things to you, and which acts on paper ask first");
        preferences
            .MapPut("", SetAsync)
            .WithSummary("Sets them as a whole; what is left out is as for a new user")
            .WithDescription(
                "timeZone is an IANA name such as Europe/Berlin: of times and days on pages, of profit and limits by day. Without it "
                    + "times are the browser's and days UTC's. numberFormat: point, comma or space; colours: greenRed, redGreen or "
                    + "blueOrange. What is done on live accounts always asks. Numbers and times of REST and CSV stay as they are."
            );
    }

    private static async Task<Ok<PreferencesView>> GetAsync(CurrentUser user, PreferenceBook book, CancellationToken cancellationToken) =>
        TypedResults.Ok(PreferencesView.Of(await book.FindAsync(user.Id, cancellationToken)));

    private static async Task<Results<Ok<PreferencesView>, ValidationProblem>> SetAsync(
        CurrentUser user,
        PreferencesView input,
        PreferenceBook book,
        CancellationToken cancellationToken
    )
    {
        var wanted = input.Preferences(user.Id);
        var errors = new PreferencesValidator().Validate(wanted);
        if (!errors.IsValid)
        {
            return ApiProblems.Invalid(errors.ToDictionary());
        }

        await book.SaveAsync(wanted, cancellationToken);
        return TypedResults.Ok(PreferencesView.Of(await book.FindAsync(user.Id, cancellationToken)));
    }
}
