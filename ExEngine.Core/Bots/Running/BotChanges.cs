using ExEngine.Core.Data;
using ExEngine.Core.Events;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Bots.Running;

/// <summary>Changes a bot's row although its account's loop may write a plan at the same moment, and tells the loop.</summary>
public sealed class BotChanges(IDbContextFactory<AppDb> databases, ChangeFeed feed, TimeProvider time)
{
    private const int MaxTries = 5;

    /// <param name="change">Null when the row is to be saved; else the answer, and nothing is.</param>
    public async Task<BotResult> DoAsync(
        Guid userId,
        Guid id,
        Func<AppDb, Bot, Task<BotResult?>> change,
        CancellationToken cancellationToken
    )
    {
        for (var tries = 1; ; tries++)
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            if (await Mine(db, userId).SingleOrDefaultAsync(b => b.Id == id, cancellationToken) is not { } bot)
            {
                return new BotResult.NotFound();
            }

            if (await change(db, bot) is { } answer)
            {
                return answer;
            }

            bot.UpdatedAt = time.GetUtcNow().UtcDateTime;
            bot.Version++;
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                Tell(bot);
                return new BotResult.Done(bot);
            }
            catch (DbUpdateConcurrencyException) when (tries < MaxTries)
            {
                // The loop wrote a plan meanwhile: the row is read again and the change made on top.
            }
        }
    }

    public void Tell(Bot bot) => feed.Publish(new ChangeEvent(bot.UserId, ChangeKind.Bot, bot.Id, bot.AccountId));

    /// <summary>Those of the user that are not deleted.</summary>
    public static IQueryable<Bot> Mine(AppDb db, Guid userId) => db.Bots.Where(b => b.UserId == userId && b.ArchivedAt == null);

    /// <param name="what">In a sentence after "cannot be".</param>
    public static BotResult.Refused Wrong(Bot bot, string what) =>
        new(BotCodes.WrongStatus, $"{bot.Name} is {bot.Status.ToString().ToLowerInvariant()} and cannot be {what}.");
}
