using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Core.Text;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Bots.Running;

/// <summary>Rows that go with a bot's own, in the transaction of whoever changes it.</summary>
public sealed class BotRecords(SequentialIds ids, TimeProvider time)
{
    /// <param name="settings">JSON, when they hold from here on.</param>
    public void Journal(AppDb db, Bot bot, BotNote kind, string text, string? settings = null) =>
        db.Add(
            new BotJournalEntry
            {
                Id = ids.Next(),
                UserId = bot.UserId,
                AccountId = bot.AccountId,
                BotId = bot.Id,
                At = time.GetUtcNow().UtcDateTime,
                Kind = kind,
                Text = text.Length <= BotJournalEntry.MaxText ? text : $"{text[..(BotJournalEntry.MaxText - 1)]}…",
                Settings = settings,
            }
        );

    /// <summary>The bot that holds a position and runs; null for any other position.</summary>
    public async Task<Bot?> FindActiveAsync(AppDb db, Position position, CancellationToken cancellationToken) =>
        position.OwnerKind == OwnerKind.Bot
        && await db.Bots.SingleOrDefaultAsync(b => b.Id == position.OwnerId, cancellationToken) is { IsActive: true } bot
            ? bot
            : null;

    /// <summary>Asks a bot that runs to sell all that it holds and to stop.</summary>
    /// <returns>False when this press has asked before.</returns>
    public async Task<bool> CloseAsync(AppDb db, Bot bot, Guid press, CancellationToken cancellationToken)
    {
        if (await db.BotRequests.AnyAsync(r => r.Id == press, cancellationToken))
        {
            return false;
        }

        (bot.Status, bot.UpdatedAt) = (BotStatus.Stopping, time.GetUtcNow().UtcDateTime);
        bot.Version++;
        Ask(db, bot, press, new BotEvent.CloseAsked());
        Journal(db, bot, BotNote.Info, "Its position was closed: orders come off, coins are sold at market");
        return true;
    }

    public static OrderRefusal OnlyAll(Bot bot) =>
        Refusal($"{bot.Name} sells by its own plan; close all of it, or a single deal on the bot's page.", "percent");

    public static OrderRefusal OwnProtection(Bot bot) =>
        Refusal($"{bot.Name} keeps its own take-profit and stop; change its settings, or a deal's, on the bot's page.", "");

    private static OrderRefusal Refusal(string message, string field) => new(BotCodes.BotsOwn, field, null, null, [], message);

    /// <summary>The account's loop tells it to the planner.</summary>
    /// <param name="press">Id of the press or of the request.</param>
    public void Ask(AppDb db, Bot bot, Guid press, BotEvent asked)
    {
        bot.HasRequests = true;
        db.Add(
            new BotRequest
            {
                Id = press,
                UserId = bot.UserId,
                AccountId = bot.AccountId,
                BotId = bot.Id,
                Event = JsonSerializer.Serialize(asked, ExactJson.Options),
                At = time.GetUtcNow().UtcDateTime,
            }
        );
    }
}
