using ExEngine.Core.Bots.Running;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Changed = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Accepted<ExEngine.Web.Api.Bots.BotView>,
    Microsoft.AspNetCore.Http.HttpResults.NotFound,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace ExEngine.Web.Api.Bots;

/// <summary><c>/api/bots</c>: bots of the user; what is asked is written at once and done by the account's loop.</summary>
public static class BotEndpoints
{
    public static void MapBots(this IEndpointRouteBuilder api)
    {
        var bots = api.MapGroup("/bots").WithTags("Bots");
        bots.MapGet("", ListAsync).WithSummary("Bots, newest first");
        bots.MapPost("", CreateAsync).WithSummary("Makes a bot; it does nothing before it is started");
        bots.MapGet("{id:guid}", GetAsync).WithSummary("One bot with its settings and figures");
        bots.MapPut("{id:guid}", UpdateAsync)
            .WithSummary("Another name or other settings: for the next deal, and the lines of a running grid are replaced");
        bots.MapDelete("{id:guid}", DeleteAsync).WithSummary("Hides a bot that does not run; its orders and fills stay");
        bots.MapPost("{id:guid}/start", StartAsync).WithSummary("Starts it; 422 when the market would not take one of its orders");
        bots.MapPost("{id:guid}/stop", StopAsync)
            .WithSummary("finish: nothing new begins; cancel: orders come off, coins are kept; close: coins are sold at market");
        bots.MapPost("{id:guid}/pause", PauseAsync).WithSummary("Nothing is placed and nothing is cancelled until it is resumed");
        bots.MapPost("{id:guid}/resume", ResumeAsync).WithSummary("Ends a pause");
        bots.MapPost("{id:guid}/clone", CloneAsync).WithSummary("A new bot with the same settings, not started");
        bots.MapBotActs();
    }

    private static async Task<Ok<ApiList<BotView>>> ListAsync(
        [AsParameters] ApiPage page,
        CurrentUser user,
        BotQuery bots,
        BotReplies replies,
        CancellationToken cancellationToken
    )
    {
        var rows = await bots.ListAsync(user.Id, page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, r => r.Bot.Id.ToString(), replies.ViewOf));
    }

    private static async Task<Results<Ok<BotView>, NotFound>> GetAsync(
        Guid id,
        CurrentUser user,
        BotQuery bots,
        BotReplies replies,
        CancellationToken cancellationToken
    ) =>
        await bots.FindAsync(user.Id, id, cancellationToken) is { } row
            ? TypedResults.Ok(await replies.ReadAsync(row, cancellationToken))
            : TypedResults.NotFound();

    private static async Task<Results<Created<BotView>, NotFound, ValidationProblem, ProblemHttpResult>> CreateAsync(
        BotInput input,
        CurrentUser user,
        BotService service,
        BotReplies replies,
        CancellationToken cancellationToken
    ) => await replies.MadeAsync(await service.CreateAsync(user.Id, input, cancellationToken), cancellationToken);

    private static async Task<Results<Created<BotView>, NotFound, ValidationProblem, ProblemHttpResult>> CloneAsync(
        Guid id,
        CurrentUser user,
        BotService service,
        BotReplies replies,
        CancellationToken cancellationToken
    ) => await replies.MadeAsync(await service.CloneAsync(user.Id, id, cancellationToken), cancellationToken);

    private static async Task<Changed> UpdateAsync(
        Guid id,
        BotInput input,
        CurrentUser user,
        BotService service,
        BotReplies replies,
        CancellationToken cancellationToken
    ) => await replies.ChangedAsync(await service.UpdateAsync(user.Id, id, input, cancellationToken), cancellationToken);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> DeleteAsync(
        Guid id,
        CurrentUser user,
        BotService service,
        CancellationToken cancellationToken
    ) =>
        await service.DeleteAsync(user.Id, id, cancellationToken) switch
        {
            BotResult.NotFound => TypedResults.NotFound(),
            BotResult.Refused refused => BotReplies.Problem(refused),
            _ => TypedResults.NoContent(),
        };

    private static async Task<Changed> StartAsync(
        Guid id,
        CurrentUser user,
        BotControl control,
        BotReplies replies,
        CancellationToken cancellationToken
    ) => await replies.ChangedAsync(await control.StartAsync(user.Id, id, cancellationToken), cancellationToken);

    private static async Task<Changed> StopAsync(
        Guid id,
        StopInput input,
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        CurrentUser user,
        BotControl control,
        BotReplies replies,
        CancellationToken cancellationToken
    )
    {
        if (RestName.Find<BotStop>(input.How) is not { } how)
        {
            const string Ways = "how is finish, cancel or close; only close sells what the bot holds.";
            return await replies.InvalidAsync(user.Id, id, "how", Ways, cancellationToken);
        }

        var press = IdempotencyKey.PressOf(user.Id, key) ?? control.NewKey();
        return await replies.ChangedAsync(await control.StopAsync(user.Id, id, how, press, cancellationToken), cancellationToken);
    }

    private static async Task<Changed> PauseAsync(
        Guid id,
        CurrentUser user,
        BotControl control,
        BotReplies replies,
        CancellationToken cancellationToken
    ) => await replies.ChangedAsync(await control.PauseAsync(user.Id, id, cancellationToken), cancellationToken);

    private static async Task<Changed> ResumeAsync(
        Guid id,
        CurrentUser user,
        BotControl control,
        BotReplies replies,
        CancellationToken cancellationToken
    ) => await replies.ChangedAsync(await control.ResumeAsync(user.Id, id, cancellationToken), cancellationToken);
}
