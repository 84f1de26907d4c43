using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads.Bots;

/// <summary>What messages for bots have in common, whoever's words they are in.</summary>
internal static class BotFields
{
    public static readonly IReadOnlyDictionary<string, BotStopWay> Ways = new Dictionary<string, BotStopWay>
    {
        ["finish"] = BotStopWay.Finish,
        ["cancel"] = BotStopWay.Cancel,
        ["close"] = BotStopWay.Close,
    };

    public static string Bot(AlertFields alert, string name)
    {
        if (alert.Text(name) is { } bot)
        {
            return bot;
        }

        if (!HasProblem(alert, name))
        {
            alert.Error(name, "is missing; state the bot's id, or its name.");
        }

        return "";
    }

    /// <summary>Whether the field counts here; one that is stated with another act is an error.</summary>
    public static bool OnlyOf(AlertFields alert, BotAct act, string name, params ReadOnlySpan<BotAct> acts)
    {
        if (acts.Contains(act))
        {
            return true;
        }

        if (alert.Text(name) is { } stated)
        {
            var words = new List<string>();
            foreach (var other in acts)
            {
                words.Add(BotMessages.Word(other));
            }

            alert.Error(name, $"is {stated}, and belongs to {string.Join(", ", words)}; leave it out.");
        }

        return false;
    }

    public static int? Deal(AlertFields alert, string name)
    {
        if (alert.Positive(name) is not { } number)
        {
            return null;
        }

        if (number == decimal.Truncate(number) && number <= int.MaxValue)
        {
            return (int)number;
        }

        alert.Error(name, "is the number of a deal, as the bot's page shows it: 1, 2, 3.");
        return null;
    }

    /// <summary>In quote, above 0, and never missing where it is needed.</summary>
    public static decimal? Amount(AlertFields alert, BotAct act, string name)
    {
        var amount = alert.Positive(name);
        if (act == BotAct.AddFunds && amount is null && !HasProblem(alert, name))
        {
            alert.Error(name, "is missing; state how much is to be added, in quote, above 0.");
        }

        return amount;
    }

    /// <summary>The draft around a message, with what every alert may state: id, time, delay, symbol.</summary>
    public static SignalDraft Draft(AlertFields alert, BotMessage message)
    {
        var words = alert.Words;
        var draft = new SignalDraft
        {
            Action = SignalAction.Bot,
            Bot = message,
            Id = words.Id.Length == 0 ? null : alert.Text(words.Id),
            Symbol = alert.Text(FieldMeaning.Symbol, (one, other) => FieldName.Plain(one) == FieldName.Plain(other)),
            Delay = Delay(alert),
            Time = alert.Time(words.Time),
        };
        RefuseUnread(alert);
        return draft with { Extras = alert.Extras() };
    }

    /// <summary>
    /// Errors go before the first refusal. What a field of a trade says has no place in a message for a bot: a size beside "close" would
    /// be a part, a stop beside "start" another deal than the bot's settings make.
    /// </summary>
    public static OrderRefusal? Settle(ReadingProblems problems)
    {
        problems.Errors.AddRange(problems.Doubts.Where(d => d.Refusal is null).Select(d => d.Error));
        return problems.Errors.Count > 0 ? null : problems.Doubts.Find(d => d.Refusal is not null)?.Refusal;
    }

    // A value that was stated and wrong has its own error already.
    private static bool HasProblem(AlertFields alert, string name) =>
        alert.Problems.Errors.Concat(alert.Problems.Doubts.Select(d => d.Error)).Any(e => e.Field == name);

    private static TimeSpan? Delay(AlertFields alert)
    {
        var fields = alert.Of(FieldMeaning.Delay).Where(f => !f.IsEmpty).ToList();
        return fields.Count > 0 && alert.Seconds(fields[0].Path, 0, Vocabulary.MaxDelaySeconds) is { Ticks: > 0 } delay ? delay : null;
    }

    private static void RefuseUnread(AlertFields alert)
    {
        foreach (var field in alert.Unread().Where(f => SaysHow(f.Meaning)))
        {
            alert.Problems.Refuse(
                field.Meaning,
                SignalCodes.FieldNotRead,
                field.Path,
                field.Shown,
                $"{field.Path} ({field.Shown}) says how to trade, and a bot trades by its own settings; leave it out, or change them."
            );
        }
    }

    // What the sender saw or held says nothing.
    private static bool SaysHow(FieldMeaning meaning) =>
        meaning
            is not (
                FieldMeaning.None
                or FieldMeaning.Side
                or FieldMeaning.Price
                or FieldMeaning.SignalPrice
                or FieldMeaning.Sentiment
                or FieldMeaning.PreviousSentiment
                or FieldMeaning.PositionSize
                or FieldMeaning.PreviousPositionSize
            );
}
