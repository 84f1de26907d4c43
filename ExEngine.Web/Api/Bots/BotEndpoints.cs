using ExEngine.Core.Bots.Running;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Web.Users;
using Microsoft.AspNetCore.Http.HttpResults;
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
        PriceFeed prices,
        CancellationToken cancellationToken
    )
    {
        var rows = await bots.ListAsync(user.Id, page.Before, page.TakeAndOne, cancellationToken);
        return TypedResults.Ok(ApiList.Of(rows, page, r => r.Bot.Id.ToString(), r => BotView.Of(r, PriceOf(r, prices))));
    }

    private static async Task<Results<Ok<BotView>, NotFound>> GetAsync(
        Guid id,
        CurrentUser user,
        BotQuery bots,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) =>
        await bots.FindAsync(user.Id, id, cancellationToken) is { } row
            ? TypedResults.Ok(BotView.Of(row, PriceOf(row, prices)))
            : TypedResults.NotFound();

    private static async Task<Results<Created<BotView>, NotFound, ValidationProblem, ProblemHttpResult>> CreateAsync(
        BotInput input,
        CurrentUser user,
        BotService service,
        BotQuery bots,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) => await MadeAsync(await service.CreateAsync(user.Id, input, cancellationToken), user, bots, prices, cancellationToken);

    private static async Task<Results<Created<BotView>, NotFound, ValidationProblem, ProblemHttpResult>> CloneAsync(
        Guid id,
        CurrentUser user,
        BotService service,
        BotQuery bots,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) => await MadeAsync(await service.CloneAsync(user.Id, id, cancellationToken), user, bots, prices, cancellationToken);

    private static async Task<Changed> UpdateAsync(
        Guid id,
        BotInput input,
        CurrentUser user,
        BotService service,
        BotQuery bots,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) => await ChangedAsync(await service.UpdateAsync(user.Id, id, input, cancellationToken), user, bots, prices, cancellationToken);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> DeleteAsync(
        Guid id,
        CurrentUser user,
        BotService service,
        CancellationToken cancellationToken
    ) =>
        await service.DeleteAsync(user.Id, id, cancellationToken) switch
        {
            BotResult.NotFound => TypedResults.NotFound(),
            BotResult.Refused refused => Problem(refused),
            _ => TypedResults.NoContent(),
        };

    private static async Task<Changed> StartAsync(
        Guid id,
        CurrentUser user,
        BotControl control,
        BotQuery bots,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) => await ChangedAsync(await control.StartAsync(user.Id, id, cancellationToken), user, bots, prices, cancellationToken);

    private static async Task<Changed> StopAsync(
        Guid id,
        StopInput input,
        [AsParameters] BotAsk ask,
        CancellationToken cancellationToken
    ) =>
        RestName.Find<BotStop>(input.How) is { } how
            ? await ask.StopAsync(id, how, cancellationToken)
            : await ask.InvalidAsync(id, "how", "how is finish, cancel or close; only close sells what the bot holds.", cancellationToken);

    private static async Task<Changed> PauseAsync(
        Guid id,
        CurrentUser user,
        BotControl control,
        BotQuery bots,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) => await ChangedAsync(await control.PauseAsync(user.Id, id, cancellationToken), user, bots, prices, cancellationToken);

    private static async Task<Changed> ResumeAsync(
        Guid id,
        CurrentUser user,
        BotControl control,
        BotQuery bots,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) => await ChangedAsync(await control.ResumeAsync(user.Id, id, cancellationToken), user, bots, prices, cancellationToken);

    private static async Task<Results<Created<BotView>, NotFound, ValidationProblem, ProblemHttpResult>> MadeAsync(
        BotResult result,
        CurrentUser user,
        BotQuery bots,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) =>
        result switch
        {
            BotResult.NotFound => TypedResults.NotFound(),
            BotResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            BotResult.Refused refused => Problem(refused),
            BotResult.Done done => TypedResults.Created(
                $"/api/bots/{done.Bot.Id}",
                await ViewAsync(done.Bot.Id, user, bots, prices, cancellationToken)
            ),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    internal static async Task<Changed> ChangedAsync(
        BotResult result,
        CurrentUser user,
        BotQuery bots,
        PriceFeed prices,
        CancellationToken cancellationToken
    ) =>
        result switch
        {
            BotResult.NotFound => TypedResults.NotFound(),
            BotResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            BotResult.Refused refused => Problem(refused),
            BotResult.Done done => TypedResults.Accepted(
                $"/api/bots/{done.Bot.Id}",
                await ViewAsync(done.Bot.Id, user, bots, prices, cancellationToken)
            ),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    private static async Task<BotView> ViewAsync(
        Guid id,
        CurrentUser user,
        BotQuery bots,
        PriceFeed prices,
        CancellationToken cancellationToken
    )
    {
        var row = (await bots.FindAsync(user.Id, id, cancellationToken))!;
        return BotView.Of(row, PriceOf(row, prices));
    }

    internal static decimal? PriceOf(BotRow row, PriceFeed prices) => prices.Last(row.Exchange, row.Bot.Symbol)?.Last;

    private static ProblemHttpResult Problem(BotResult.Refused refused) =>
        ApiProblems.Problem(
            refused.Code == BotCodes.NotStartable ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict,
            refused.Code,
            refused.Message
        );
}
