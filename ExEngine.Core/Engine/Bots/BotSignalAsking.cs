using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using ExEngine.Core.Bots;
using ExEngine.Core.Bots.Running;
using ExEngine.Core.Data;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Engine.Bots;

/// <summary>What an alert asks of a bot, by what the bot is doing. It writes to the bot's row and beside it, and saves nothing.</summary>
internal sealed class BotSignalAsking(BotCommands commands, BotRecords records, TimeProvider time)
{
    /// <param name="unfit">Why it cannot be started; null when it can.</param>
    /// <param name="by">For the journal: <c>by webhook TV</c>.</param>
    /// <param name="mayWait">It came a moment ago.</param>
    public BotTold Ask(AppDb db, Bot bot, Signal signal, BotMessage message, string? unfit, string by, bool mayWait)
    {
        var after = $"{by} (signal {signal.Id})";
        switch (message.Act)
        {
            case BotAct.StartBot or BotAct.StartBotAndDeal when unfit is not null && !bot.IsActive:
                return new BotTold.Over(BotCodes.NotStartable, unfit);
            case BotAct.StartBot:
                return Of(commands.Start(db, bot, after), $"{bot.Name} was started.", $"{bot.Name} runs already.");
            case BotAct.StartBotAndDeal:
                return StartBoth(db, bot, signal, by, after);
            case BotAct.StopBot:
                var how = Way(message.How, bot);
                return Of(
                    commands.Stop(db, bot, how, signal.Id, after),
                    $"{bot.Name} was asked to {Word(how)}.",
                    $"{bot.Name} has stopped already."
                );
            case BotAct.PauseBot:
                return Of(commands.Pause(db, bot, after), $"{bot.Name} was paused.", $"{bot.Name} is paused already.");
            case BotAct.ResumeBot:
                return Of(commands.Resume(db, bot, after), $"{bot.Name} was resumed.", $"{bot.Name} runs already.");
            case BotAct.AddFunds when bot.Kind == BotKind.Grid:
                return message.Price is not null || message.Deal is not null
                    ? WrongKind(bot, "is put into a grid as it is, without a price or a deal")
                    : Tell(
                        db,
                        bot,
                        signal,
                        [new BotEvent.Invested(message.Amount!.Value)],
                        $"{Text(message.Amount)} was added to {bot.Name}",
                        after
                    );
            case var _ when bot.Kind != BotKind.Dca:
                return WrongKind(bot, "is asked of DCA bots only: others have no deals");
            case var _ when bot.HasRequests:
                // What was asked before may make the deal, or end it.
                return new BotTold.Waits();
            case BotAct.StartDeal:
                return StartDeal(db, bot, signal, by, after);
            default:
                return OfDeals(db, bot, signal, message, after, mayWait);
        }
    }

    private BotTold StartBoth(AppDb db, Bot bot, Signal signal, string by, string after)
    {
        if (bot is { Kind: BotKind.Dca, Status: BotStatus.Running })
        {
            return bot.HasRequests ? new BotTold.Waits() : StartDeal(db, bot, signal, by, after);
        }

        if (commands.Start(db, bot, after) is { } other)
        {
            return Of(other, "", $"{bot.Name} runs already.");
        }

        if (bot.Kind == BotKind.Dca)
        {
            records.Ask(db, bot, signal.Id, new BotEvent.StartAsked(By(by)));
        }

        return new BotTold.Over(null, $"{bot.Name} was started.", HasAsked: true);
    }

    private BotTold.Over StartDeal(AppDb db, Bot bot, Signal signal, string by, string after)
    {
        if (bot.Status != BotStatus.Running)
        {
            return Of(BotChanges.Wrong(bot, "asked for a deal"), "", "");
        }

        var settings = BotText.DcaSettings(bot.Settings);
        var state = bot.State is null ? null : BotText.DcaState(bot.State);
        if (state?.IsFull(settings) == true)
        {
            return new BotTold.Over(
                BotCodes.NoDealNow,
                $"{bot.Name} has {state.Deals.Count} open deals and had {state.LastDeal} in all, as many as its settings allow."
            );
        }

        if (state?.ReadyAt > time.GetUtcNow().UtcDateTime)
        {
            return new BotTold.Over(
                BotCodes.NoDealNow,
                $"{bot.Name} opens no deal before {state.ReadyAt:HH:mm:ss} UTC; a deal that is wanted then is to be asked for then."
            );
        }

        return Tell(db, bot, signal, [new BotEvent.StartAsked(By(by))], $"A deal of {bot.Name} was asked for", after);
    }

    private BotTold OfDeals(AppDb db, Bot bot, Signal signal, BotMessage message, string after, bool mayWait)
    {
        if (!bot.IsActive)
        {
            return Of(BotChanges.Wrong(bot, "asked that"), "", "");
        }

        var open = BotCommands.OpenDeals(bot).Select(d => d.Number).ToList();
        if (open.Count == 0 && mayWait && bot.State is { } state && BotText.DcaState(state).StartAskedBy is not null)
        {
            // A deal was asked for and waits for a price: what is to end it waits with it for a moment.
            return new BotTold.Waits();
        }

        var meant = message.Deal is { } number ? open.FindAll(d => d == number) : open;
        if (meant.Count == 0)
        {
            return new BotTold.Over(
                BotCodes.NoSuchDeal,
                message.Deal is { } missing
                    ? $"{bot.Name} has no open deal {missing}; look at its deals."
                    : $"{bot.Name} has no open deal; look at its deals."
            );
        }

        if (message.Act == BotAct.AddFunds)
        {
            return meant.Count > 1
                ? new BotTold.Over(BotCodes.NoSuchDeal, $"{bot.Name} has the open deals {Numbers(meant)}; state which with deal.")
                : Tell(
                    db,
                    bot,
                    signal,
                    [new BotEvent.FundsAdded(meant[0], message.Amount!.Value, message.Price)],
                    $"{Text(message.Amount)} more for deal {meant[0]} of {bot.Name} was asked for",
                    after
                );
        }

        var isClose = message.Act == BotAct.CloseDeal;
        return Tell(
            db,
            bot,
            signal,
            [.. meant.Select(d => isClose ? (BotEvent)new BotEvent.CloseAsked(d) : new BotEvent.CancelAsked(d))],
            $"Deal {Numbers(meant)} of {bot.Name} {(isClose ? "is to be sold at market" : "is to be given up, its coins are kept")}",
            after
        );
    }

    private BotTold.Over Tell(AppDb db, Bot bot, Signal signal, IReadOnlyList<BotEvent> events, string what, string after)
    {
        if (!bot.IsActive)
        {
            return Of(BotChanges.Wrong(bot, "asked that"), "", "");
        }

        foreach (var (i, asked) in events.Index())
        {
            records.Ask(db, bot, Key(signal.Id, i), asked);
        }

        records.Journal(db, bot, BotNote.Info, $"{what}, {after}");
        return new BotTold.Over(
            null,
            $"{what}{(bot.Status == BotStatus.Paused ? ", and it is paused: it acts when it is resumed" : "")}.",
            HasAsked: true
        );
    }

    private static BotTold.Over Of(BotResult? result, string done, string already) =>
        result switch
        {
            null => new BotTold.Over(null, done, HasAsked: true),
            BotResult.Refused refused => new BotTold.Over(refused.Code, refused.Message),
            _ => new BotTold.Over(null, already),
        };

    private static BotTold.Over WrongKind(Bot bot, string what) =>
        new(BotCodes.WrongKind, $"{bot.Name} is a {bot.Kind.ToString().ToLowerInvariant()} bot, and this {what}.");

    // A grid that finishes waits for its last coin to be sold; who stops one without a word wants its orders off, as elsewhere.
    private static BotStop Way(BotStopWay? stated, Bot bot) =>
        stated switch
        {
            BotStopWay.Close => BotStop.Close,
            BotStopWay.Cancel => BotStop.Cancel,
            null when bot.Kind == BotKind.Grid => BotStop.Cancel,
            _ => BotStop.Finish,
        };

    private static string Word(BotStop how) =>
        how switch
        {
            BotStop.Finish => "finish: nothing new begins",
            BotStop.Cancel => "stop: its orders come off, its coins are kept",
            _ => "close: its orders come off, its coins are sold at market",
        };

    private static string By(string by) => by.StartsWith("by ", StringComparison.Ordinal) ? by[3..] : by;

    private static string Numbers(IEnumerable<int> deals) => string.Join(", ", deals.Select(d => d.ToString(CultureInfo.InvariantCulture)));

    private static string Text(decimal? amount) => Core.Text.ExactJson.Text(amount!.Value);

    /// <summary>The first has the signal's own id; one that asks several things derives the others, the same after every crash.</summary>
    internal static Guid Key(Guid signalId, int index)
    {
        if (index == 0)
        {
            return signalId;
        }

        Span<byte> bytes = stackalloc byte[20];
        signalId.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], index);
        return new Guid(SHA256.HashData(bytes).AsSpan(0, 16));
    }
}
