using ExEngine.Core.Bots.Running;
using ExEngine.Core.Bots.Starts;
using ExEngine.Core.Exchanges.MarketData;
using Microsoft.AspNetCore.Http.HttpResults;
using Changed = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Accepted<ExEngine.Web.Api.Bots.BotView>,
    Microsoft.AspNetCore.Http.HttpResults.NotFound,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace ExEngine.Web.Api.Bots;

/// <summary>What REST answers to an act on a bot, with the bot as it is then.</summary>
public sealed class BotReplies(BotQuery bots, PriceFeed prices, StartWatch starts)
{
    public BotView ViewOf(BotRow row)
    {
        var price = prices.Last(row.Exchange, row.Bot.Symbol)?.Last;
        return BotView.Of(row, price, starts.Waits(row, price), StartView.Of(starts.Of(row, price)));
    }

    /// <summary>The same, with candles of its conditions that nobody has looked at yet.</summary>
    public async Task<BotView> ReadAsync(BotRow row, CancellationToken cancellationToken)
    {
        await starts.ReadAsync(row, cancellationToken);
        return ViewOf(row);
    }

    /// <summary>A bot that is new.</summary>
    public async Task<Results<Created<BotView>, NotFound, ValidationProblem, ProblemHttpResult>> MadeAsync(
        BotResult result,
        CancellationToken cancellationToken
    ) =>
        result switch
        {
            BotResult.NotFound => TypedResults.NotFound(),
            BotResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            BotResult.Refused refused => Problem(refused),
            BotResult.Done done => TypedResults.Created(Address(done), await ViewAsync(done, cancellationToken)),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    /// <summary>One that was there.</summary>
    public async Task<Changed> ChangedAsync(BotResult result, CancellationToken cancellationToken) =>
        result switch
        {
            BotResult.NotFound => TypedResults.NotFound(),
            BotResult.Invalid invalid => ApiProblems.Invalid(invalid.Errors),
            BotResult.Refused refused => Problem(refused),
            BotResult.Done done => TypedResults.Accepted(Address(done), await ViewAsync(done, cancellationToken)),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    /// <summary>What is wrong with a request; of a bot that is not the user's it says nothing.</summary>
    public async Task<Changed> InvalidAsync(Guid userId, Guid id, string field, string message, CancellationToken cancellationToken) =>
        await bots.FindAsync(userId, id, cancellationToken) is null
            ? TypedResults.NotFound()
            : ApiProblems.Invalid(new Dictionary<string, string[]> { [field] = [message] });

    public static ProblemHttpResult Problem(BotResult.Refused refused) =>
        ApiProblems.Problem(
            refused.Code == BotCodes.NotStartable ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict,
            refused.Code,
            refused.Message
        );

    private static string Address(BotResult.Done done) => $"/api/bots/{done.Bot.Id}";

    private async Task<BotView> ViewAsync(BotResult.Done done, CancellationToken cancellationToken) =>
        ViewOf((await bots.FindAsync(done.Bot.UserId, done.Bot.Id, cancellationToken))!);
}
