using ExEngine.Core.Bots.Running;
using ExEngine.Core.Data;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Engine.Planning;
using ExEngine.Core.Events;
using ExEngine.Core.Hosting;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine.Bots;

/// <summary>
/// Tells bots what alerts ask of them. What is asked, the bot's row and the end of the signal are one commit: a crash before it finds the
/// signal due, and after it nothing to do. The keeper then tells the planner like any other request.
/// </summary>
internal sealed class BotSignals(
    IDbContextFactory<AppDb> databases,
    AccountLeases leases,
    BotStartCheck check,
    BotSignalAsking asking,
    RiskReader risks,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<ExecutionOptions> options
)
{
    /// <param name="held">Bots for which an earlier alert waits: those behind it wait too. What waits joins.</param>
    /// <returns>False when it waits for the bot to be told what was asked before.</returns>
    public async Task<bool> TellAsync(
        AccountSession session,
        Signal signal,
        Webhook? webhook,
        BotMessage message,
        HashSet<Guid> held,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow().UtcDateTime;
        var patience = message.IsWayOut ? options.Value.ExitTimeToLive : options.Value.TimeToLive;
        var late = now > signal.DueAt!.Value + patience ? DueSignalPlanner.Late(signal) : null;
        var unfit =
            late is null && message.Act is BotAct.StartBot or BotAct.StartBotAndDeal
                ? await UnfitAsync(session, signal, message, cancellationToken)
                : null;
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var (bot, refusal) = await BotNames.FindAsync(write.Db, signal, message, cancellationToken);
        BotTold told;
        if (late is not null)
        {
            told = new BotTold.Over(late.Code, late.Reason!);
        }
        else if (bot is null)
        {
            told = new BotTold.Over(refusal!.Code, refusal.Message);
        }
        else if (held.Contains(bot.Id))
        {
            return false;
        }
        else if (
            message.Opens
            && await risks.StateRefusalAsync(write.Db, session.UserId, session.Id, signal.WebhookId, Effect.Open, cancellationToken)
                is { } halt
        )
        {
            told = new BotTold.Over(halt.Code, halt.Message);
        }
        else
        {
            var by = webhook is null ? "by an alert" : $"by webhook {webhook.Name}";
            told = asking.Ask(write.Db, bot, signal, message, unfit, by, now < signal.DueAt.Value + options.Value.TimeToLive);
        }

        if (told is BotTold.Over over)
        {
            return await EndAsync(write, session, signal, bot, over, now, cancellationToken);
        }

        held.Add(bot!.Id);
        return false;
    }

    // Prices and rules may have to be asked for: outside of the transaction.
    private async Task<string?> UnfitAsync(AccountSession session, Signal signal, BotMessage message, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var (bot, _) = await BotNames.FindAsync(db, signal, message, cancellationToken);
        return bot is { IsActive: false } ? await check.ProblemAsync(session.Account, bot, cancellationToken) : null;
    }

    private async Task<bool> EndAsync(
        LeasedTransaction write,
        AccountSession session,
        Signal signal,
        Bot? bot,
        BotTold.Over over,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var status =
            over.Code is null ? SignalStatus.Done
            : over.Code == PlanExecutor.Expired ? SignalStatus.Stale
            : SignalStatus.Refused;
        var stored = SignalDetailJson.Read(signal.Detail);
        var detail = SignalDetailJson.Write(
            stored with
            {
                Timeline = [.. stored.Timeline, new SignalStep(over.Code is null ? "bot told" : "bot not told", now)],
            }
        );
        var symbol = bot?.Symbol ?? signal.Symbol;
        if (bot is not null && over.HasAsked)
        {
            bot.UpdatedAt = now;
            bot.Version++;
        }

        var written = await write
            .Db.Signals.Where(s => s.Id == signal.Id && s.DueAt != null)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(x => x.Status, status)
                        .SetProperty(x => x.DueAt, (DateTime?)null)
                        .SetProperty(x => x.Symbol, symbol)
                        .SetProperty(x => x.Code, over.Code)
                        .SetProperty(x => x.Reason, over.Reason)
                        .SetProperty(x => x.Detail, detail),
                cancellationToken
            );
        if (written == 0)
        {
            return true;
        }

        Failpoint.Reach("botSignal.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach("botSignal.afterCommit");
        feed.Publish(new ChangeEvent(session.UserId, ChangeKind.Signal, signal.Id, session.Id, IsNotice: true));
        if (bot is not null && over.HasAsked)
        {
            feed.Publish(new ChangeEvent(session.UserId, ChangeKind.Bot, bot.Id, session.Id));
        }

        return true;
    }
}

/// <summary>What became of what an alert asks of a bot.</summary>
internal abstract record BotTold
{
    private BotTold() { }

    /// <param name="Code">Null when it was done.</param>
    /// <param name="Reason">What was done, or why not, in a sentence.</param>
    /// <param name="HasAsked">The bot's row is changed.</param>
    public sealed record Over(string? Code, string Reason, bool HasAsked = false) : BotTold;

    /// <summary>The bot has not been told yet what was asked before.</summary>
    public sealed record Waits : BotTold;
}
