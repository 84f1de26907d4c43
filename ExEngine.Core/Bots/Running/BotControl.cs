using ExEngine.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Bots.Running;

/// <summary>
/// Where bots are started, paused, stopped and asked for something, for pages and REST alike. It writes what is wanted; the account's loop
/// does it. Every method takes the user whose rows it may touch.
/// </summary>
public sealed class BotControl(
    IDbContextFactory<AppDb> databases,
    BotStartCheck check,
    BotRecords records,
    BotChanges changes,
    SequentialIds ids,
    TimeProvider time
)
{
    /// <summary>A fresh press id, for callers that have none of their own.</summary>
    public Guid NewKey() => ids.Next();

    public async Task<BotResult> StartAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await BotChanges.Mine(db, userId).AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancellationToken) is not { } stored)
        {
            return new BotResult.NotFound();
        }

        var account = await db.ExchangeAccounts.AsNoTracking().SingleAsync(a => a.Id == stored.AccountId, cancellationToken);
        if (await check.ProblemAsync(account, stored, cancellationToken) is { } problem)
        {
            return new BotResult.Refused(BotCodes.NotStartable, problem);
        }

        return await changes.DoAsync(
            userId,
            id,
            (db, bot) =>
            {
                if (bot.Status is not (BotStatus.Ready or BotStatus.Stopped))
                {
                    return Task.FromResult<BotResult?>(
                        bot.Status == BotStatus.Running ? new BotResult.Done(bot) : BotChanges.Wrong(bot, "started")
                    );
                }

                if (bot.Status == BotStatus.Stopped)
                {
                    if (BotProgram.Of(bot.Kind, bot.Settings, bot.State).Restarted() is not { } again)
                    {
                        return Task.FromResult<BotResult?>(
                            new BotResult.Refused(BotCodes.NotRestartable, "A grid that has stopped is not started again; clone it.")
                        );
                    }

                    bot.State = again.State;
                }

                (bot.Status, bot.StartedAt, bot.StoppedAt) = (BotStatus.Running, bot.StartedAt ?? Now, null);
                records.Journal(db, bot, BotNote.Info, "The bot was started");
                return Task.FromResult<BotResult?>(null);
            },
            cancellationToken
        );
    }

    /// <summary>One that is stopping already can be stopped in a harder way.</summary>
    public Task<BotResult> StopAsync(Guid userId, Guid id, BotStop how, Guid press, CancellationToken cancellationToken) =>
        changes.DoAsync(
            userId,
            id,
            async (db, bot) =>
            {
                if (!bot.IsActive)
                {
                    return bot.Status == BotStatus.Stopped ? new BotResult.Done(bot) : BotChanges.Wrong(bot, "stopped");
                }

                if (await IsAskedAsync(db, press, cancellationToken))
                {
                    return new BotResult.Done(bot);
                }

                bot.Status = BotStatus.Stopping;
                BotEvent asked = how switch
                {
                    BotStop.Finish => new BotEvent.FinishAsked(),
                    BotStop.Cancel => new BotEvent.CancelAsked(),
                    _ => new BotEvent.CloseAsked(),
                };
                records.Ask(db, bot, press, asked);
                records.Journal(
                    db,
                    bot,
                    BotNote.Info,
                    how switch
                    {
                        BotStop.Finish => "The bot was asked to finish: nothing new begins",
                        BotStop.Cancel => "The bot was asked to stop: its orders come off, its coins are kept",
                        _ => "The bot was asked to close: its orders come off, its coins are sold at market",
                    }
                );
                return null;
            },
            cancellationToken
        );

    /// <summary>Nothing is placed and nothing is cancelled until it is resumed; fills are booked.</summary>
    public Task<BotResult> PauseAsync(Guid userId, Guid id, CancellationToken cancellationToken) =>
        SwitchAsync(userId, id, BotStatus.Running, BotStatus.Paused, "paused", cancellationToken);

    public Task<BotResult> ResumeAsync(Guid userId, Guid id, CancellationToken cancellationToken) =>
        SwitchAsync(userId, id, BotStatus.Paused, BotStatus.Running, "resumed", cancellationToken);

    /// <summary>What is asked of a running bot: to start, close or cancel a deal, to add funds, to answer a line.</summary>
    /// <param name="press">Id of the press or of the request: the same one again changes nothing.</param>
    public Task<BotResult> AskAsync(Guid userId, Guid id, Guid press, BotEvent asked, CancellationToken cancellationToken) =>
        changes.DoAsync(
            userId,
            id,
            async (db, bot) =>
            {
                if (!bot.IsActive)
                {
                    return BotChanges.Wrong(bot, "asked that");
                }

                if (DealOf(asked) is { } number && !Deals(bot).Contains(number))
                {
                    return new BotResult.Refused(BotCodes.NoSuchDeal, $"{bot.Name} has no open deal {number}; look at its deals.");
                }

                if (await IsAskedAsync(db, press, cancellationToken))
                {
                    return new BotResult.Done(bot);
                }

                records.Ask(db, bot, press, asked);
                return null;
            },
            cancellationToken
        );

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private Task<BotResult> SwitchAsync(
        Guid userId,
        Guid id,
        BotStatus from,
        BotStatus to,
        string what,
        CancellationToken cancellationToken
    ) =>
        changes.DoAsync(
            userId,
            id,
            (db, bot) =>
            {
                if (bot.Status != from)
                {
                    return Task.FromResult<BotResult?>(bot.Status == to ? new BotResult.Done(bot) : BotChanges.Wrong(bot, what));
                }

                bot.Status = to;
                records.Journal(db, bot, BotNote.Info, $"The bot was {what}");
                return Task.FromResult<BotResult?>(null);
            },
            cancellationToken
        );

    private static Task<bool> IsAskedAsync(AppDb db, Guid press, CancellationToken cancellationToken) =>
        db.BotRequests.AnyAsync(r => r.Id == press, cancellationToken);

    private static int? DealOf(BotEvent asked) =>
        asked switch
        {
            BotEvent.CloseAsked close => close.Deal,
            BotEvent.CancelAsked cancel => cancel.Deal,
            BotEvent.FundsAdded added => added.Deal,
            BotEvent.TargetsEdited edited => edited.Deal,
            _ => null,
        };

    private static IEnumerable<int> Deals(Bot bot) =>
        bot is { Kind: BotKind.Dca, State: { } state } ? BotText.DcaState(state).Deals.Select(d => d.Number) : [];
}
