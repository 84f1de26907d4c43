using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Data;

namespace ExEngine.Core.Bots.Running;

/// <summary>
/// What may be asked of a bot in which state, and how its row says that it was asked: the same for a person, a script and an alert. The
/// caller saves, in one transaction with whatever else belongs to it.
/// </summary>
public sealed class BotCommands(BotRecords records, TimeProvider time)
{
    /// <param name="by">Who asked, at the end of a line of the journal: <c>by webhook TV</c>; null for a person.</param>
    /// <returns>Null when the row is changed; else the answer, and nothing is to be saved.</returns>
    public BotResult? Start(AppDb db, Bot bot, string? by = null)
    {
        if (bot.Status is not (BotStatus.Ready or BotStatus.Stopped))
        {
            return bot.Status == BotStatus.Running ? new BotResult.Done(bot) : BotChanges.Wrong(bot, "started");
        }

        if (bot.Status == BotStatus.Stopped)
        {
            if (BotProgram.Of(bot.Kind, bot.Settings, bot.State).Restarted() is not { } again)
            {
                return new BotResult.Refused(BotCodes.NotRestartable, "A grid that has stopped is not started again; clone it.");
            }

            bot.State = again.State;
        }

        (bot.Status, bot.StartedAt, bot.StoppedAt) = (BotStatus.Running, bot.StartedAt ?? Now, null);
        records.Journal(db, bot, BotNote.Info, With("The bot was started", by));
        return null;
    }

    /// <summary>One that is stopping already can be stopped in a harder way.</summary>
    /// <param name="press">Of the press, the request or the alert; the caller knows that it has not asked before.</param>
    public BotResult? Stop(AppDb db, Bot bot, BotStop how, Guid press, string? by = null)
    {
        if (!bot.IsActive)
        {
            return bot.Status == BotStatus.Stopped ? new BotResult.Done(bot) : BotChanges.Wrong(bot, "stopped");
        }

        bot.Status = BotStatus.Stopping;
        var (asked, what) = how switch
        {
            BotStop.Finish => ((BotEvent)new BotEvent.FinishAsked(), "The bot was asked to finish{0}: nothing new begins"),
            BotStop.Cancel => (new BotEvent.CancelAsked(), "The bot was asked to stop{0}: its orders come off, its coins are kept"),
            _ => (new BotEvent.CloseAsked(), "The bot was asked to close{0}: its orders come off, its coins are sold at market"),
        };
        records.Ask(db, bot, press, asked);
        records.Journal(db, bot, BotNote.Info, what.Replace("{0}", by is null ? "" : " " + by, StringComparison.Ordinal));
        return null;
    }

    /// <summary>Nothing is placed and nothing is cancelled until it is resumed; fills are booked.</summary>
    public BotResult? Pause(AppDb db, Bot bot, string? by = null) => Switch(db, bot, BotStatus.Running, BotStatus.Paused, "paused", by);

    public BotResult? Resume(AppDb db, Bot bot, string? by = null) => Switch(db, bot, BotStatus.Paused, BotStatus.Running, "resumed", by);

    /// <summary>Why this cannot be asked of it now; null when it can.</summary>
    public static BotResult.Refused? Unsuited(Bot bot, BotEvent asked) =>
        !bot.IsActive ? BotChanges.Wrong(bot, "asked that")
        : DealOf(asked) is { } number && OpenDeals(bot).All(d => d.Number != number)
            ? new BotResult.Refused(BotCodes.NoSuchDeal, $"{bot.Name} has no open deal {number}; look at its deals.")
        : null;

    /// <summary>Of other kinds than DCA it has none.</summary>
    public static IReadOnlyList<Deal> OpenDeals(Bot bot) =>
        bot is { Kind: BotKind.Dca, State: { } state } ? BotText.DcaState(state).Deals : [];

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private BotResult? Switch(AppDb db, Bot bot, BotStatus from, BotStatus to, string what, string? by)
    {
        if (bot.Status != from)
        {
            return bot.Status == to ? new BotResult.Done(bot) : BotChanges.Wrong(bot, what);
        }

        bot.Status = to;
        records.Journal(db, bot, BotNote.Info, With($"The bot was {what}", by));
        return null;
    }

    private static string With(string text, string? by) => by is null ? text : $"{text} {by}";

    private static int? DealOf(BotEvent asked) =>
        asked switch
        {
            BotEvent.CloseAsked close => close.Deal,
            BotEvent.CancelAsked cancel => cancel.Deal,
            BotEvent.FundsAdded added => added.Deal,
            BotEvent.TargetsEdited edited => edited.Deal,
            _ => null,
        };
}
