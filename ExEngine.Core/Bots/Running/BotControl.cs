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
    BotCommands commands,
    BotChanges changes,
    SequentialIds ids
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

        return await changes.DoAsync(userId, id, (db, bot) => Task.FromResult(commands.Start(db, bot)), cancellationToken);
    }

    /// <summary>One that is stopping already can be stopped in a harder way.</summary>
    public Task<BotResult> StopAsync(Guid userId, Guid id, BotStop how, Guid press, CancellationToken cancellationToken) =>
        changes.DoAsync(
            userId,
            id,
            async (db, bot) =>
                bot.IsActive && await IsAskedAsync(db, press, cancellationToken)
                    ? new BotResult.Done(bot)
                    : commands.Stop(db, bot, how, press),
            cancellationToken
        );

    /// <summary>Nothing is placed and nothing is cancelled until it is resumed; fills are booked.</summary>
    public Task<BotResult> PauseAsync(Guid userId, Guid id, CancellationToken cancellationToken) =>
        changes.DoAsync(userId, id, (db, bot) => Task.FromResult(commands.Pause(db, bot)), cancellationToken);

    public Task<BotResult> ResumeAsync(Guid userId, Guid id, CancellationToken cancellationToken) =>
        changes.DoAsync(userId, id, (db, bot) => Task.FromResult(commands.Resume(db, bot)), cancellationToken);

    /// <summary>What is asked of a running bot: to start, close or cancel a deal, to add funds, to answer a line.</summary>
    /// <param name="press">Id of the press or of the request: the same one again changes nothing.</param>
    public Task<BotResult> AskAsync(Guid userId, Guid id, Guid press, BotEvent asked, CancellationToken cancellationToken) =>
        changes.DoAsync(
            userId,
            id,
            async (db, bot) =>
            {
                if (BotCommands.Unsuited(bot, asked) is { } refused)
                {
                    return refused;
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

    private static Task<bool> IsAskedAsync(AppDb db, Guid press, CancellationToken cancellationToken) =>
        db.BotRequests.AnyAsync(r => r.Id == press, cancellationToken);
}
