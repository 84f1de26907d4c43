using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Running;
using Changed = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Accepted<ExEngine.Web.Api.Bots.BotView>,
    Microsoft.AspNetCore.Http.HttpResults.NotFound,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace ExEngine.Web.Api.Bots;

/// <summary>Requests of a running bot, once for each key.</summary>
public sealed class BotPresses(BotControl control, BotReplies replies)
{
    /// <param name="key">The request's Idempotency-Key, if it has one.</param>
    public async Task<Changed> AskAsync(Guid userId, Guid id, string? key, BotEvent asked, CancellationToken cancellationToken)
    {
        var press = IdempotencyKey.PressOf(userId, key) ?? control.NewKey();
        return await replies.ChangedAsync(await control.AskAsync(userId, id, press, asked, cancellationToken), cancellationToken);
    }

    public Task<Changed> InvalidAsync(Guid userId, Guid id, string field, string message, CancellationToken cancellationToken) =>
        replies.InvalidAsync(userId, id, field, message, cancellationToken);
}
