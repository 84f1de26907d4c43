using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>
/// Which fields of an alert decide what is traded, by what it wants: only those can refuse it. An alert that closes all needs no size; a
/// market order has no price; nothing that is sold needs a stop-loss.
/// </summary>
internal static class FieldUse
{
    /// <summary>What is wrong with such a field counts only where it is used.</summary>
    public static bool IsDoubt(FieldMeaning meaning) =>
        IsSize(meaning)
        || IsProtection(meaning)
        || IsTrail(meaning)
        || meaning
            is FieldMeaning.Price
                or FieldMeaning.LimitPrice
                or FieldMeaning.SignalPrice
                or FieldMeaning.StopPrice
                or FieldMeaning.PositionSize
                or FieldMeaning.PreviousPositionSize;

    /// <summary>Turns doubts into errors, the one refusal, or notes. With errors of its own an alert is told all at once.</summary>
    public static (OrderRefusal? Refusal, IReadOnlyList<string> Notes) Settle(SignalDraft draft, ReadingProblems problems)
    {
        if (problems.Errors.Count > 0)
        {
            problems.Errors.AddRange(problems.Doubts.Where(d => d is { Refusal: null } or { IsEmpty: false }).Select(d => d.Error));
            return (null, []);
        }

        OrderRefusal? refusal = null;
        var notes = new List<string>();
        foreach (var doubt in problems.Doubts)
        {
            if (!IsUsed(doubt, draft))
            {
                notes.Add($"{doubt.Error.Message} It is not used.");
            }
            else if (doubt.Refusal is not null)
            {
                refusal ??= doubt.Refusal;
            }
            else
            {
                problems.Errors.Add(doubt.Error);
            }
        }

        return (refusal, notes);
    }

    /// <summary>What contradicts itself though each field is clear.</summary>
    public static void CheckOrder(SignalDraft draft, decimal? unusedLimit, PresetWords words, ReadingProblems problems)
    {
        var type = draft.OrderType == OrderType.StopLimit ? "stop-limit" : draft.OrderType.ToString().ToLowerInvariant();
        if (unusedLimit is { } limit)
        {
            Refuse(
                FieldMeaning.LimitPrice,
                limit,
                $"a {type} order has no limit price; state the type limit or stop_limit, or leave it out"
            );
        }

        if (draft.StopPrice is { } stop && draft.OrderType is not (OrderType.Stop or OrderType.StopLimit))
        {
            Refuse(
                FieldMeaning.StopPrice,
                stop,
                $"a {type} order has no stop price; state the type stop or stop_limit, or for protection {words.Name(FieldMeaning.StopLoss)}"
            );
        }

        if ((draft.TrailPercent ?? draft.TrailAmount) is { } trail && draft.OrderType != OrderType.TrailingStop)
        {
            Refuse(
                draft.TrailPercent is null ? FieldMeaning.TrailAmount : FieldMeaning.TrailPercent,
                trail,
                $"a {type} order does not trail; state the type trailing_stop, or leave it out"
            );
        }

        if (draft is { Quantity: not null, Cost: { } cost, Price: null, SignalPrice: null, StopPrice: null })
        {
            Refuse(FieldMeaning.Cost, cost, "the quantity says how much, too, and no price tells whether they agree; state one of them");
        }

        if (draft is { StopLoss: not null } or { TakeProfits.Count: > 0 } && !Opens(draft) && draft.Action != SignalAction.Cancel)
        {
            var meaning = draft.StopLoss is null ? FieldMeaning.TakeProfit : FieldMeaning.StopLoss;
            problems.Refuse(
                meaning,
                SignalCodes.OrderUnclear,
                words.Name(meaning),
                null,
                $"{words.Name(meaning)} is stated with an order that sells, which protects nothing; send it with the entry, or leave it out."
            );
        }

        if (
            SignalIntent.Of(draft).Kind == IntentKind.Enter
            && draft is { PreviousSentiment: Sentiment.Short, Quantity: { } asked, PositionSize: null, PreviousPositionSize: null }
        )
        {
            var size = words.Name(FieldMeaning.PositionSize);
            problems.Refuse(
                FieldMeaning.Quantity,
                SignalCodes.ReversalUnclear,
                words.Name(FieldMeaning.Quantity),
                Text.ExactJson.Text(asked),
                $"The alert reverses a short position, so its quantity covers that position too, and how much is to be held is not stated; add {size} ({{{{strategy.market_position_size}}}})."
            );
        }

        void Refuse(FieldMeaning meaning, decimal asked, string why) =>
            problems.Refuse(
                meaning,
                SignalCodes.OrderUnclear,
                words.Name(meaning),
                Text.ExactJson.Text(asked),
                $"{words.Name(meaning)} is {Text.ExactJson.Text(asked)}, and {why}."
            );
    }

    /// <summary>What to write instead of a field that was not understood.</summary>
    public static string Instead(FieldMeaning meaning, PresetWords words)
    {
        var size = string.Join(
            " or ",
            words.Fields.Where(f => f.Meaning is FieldMeaning.Quantity or FieldMeaning.Cost).Select(f => f.Name).DefaultIfEmpty("quantity")
        );
        return meaning switch
        {
            FieldMeaning.OtherSize => $"a size is called {size}, in what {words.Name(FieldMeaning.SizeUnit)} says",
            FieldMeaning.OtherPrice => $"a limit is called {Limit(words)}, a stop {words.Name(FieldMeaning.StopPrice)}",
            FieldMeaning.OtherProtection =>
                $"protection is called {words.Name(FieldMeaning.StopLoss)} and {words.Name(FieldMeaning.TakeProfit)}, each a price or an object with one distance",
            FieldMeaning.OtherOrder => "orders are not traded in this way; leave it out, or send one order in one alert",
            _ when words.Name(meaning) is { Length: > 0 } name => $"it is called {name}",
            _ => "leave it out",
        };
    }

    private static string Limit(PresetWords words) =>
        words.Fields.Any(f => f.Meaning == FieldMeaning.LimitPrice) ? words.Name(FieldMeaning.LimitPrice) : words.Name(FieldMeaning.Price);

    private static bool IsUsed(FieldDoubt doubt, SignalDraft draft)
    {
        var kind = SignalIntent.Of(draft).Kind;
        if (doubt.Meaning is FieldMeaning.Symbol or FieldMeaning.Action or FieldMeaning.Side or FieldMeaning.Sentiment)
        {
            return true;
        }

        if (kind == IntentKind.Nothing)
        {
            return false;
        }

        var atMarket = draft.OrderType == OrderType.Market;
        if (kind == IntentKind.CancelOrders)
        {
            return doubt.Meaning == FieldMeaning.OtherOrder;
        }

        var opens = Opens(draft);
        var closes = ClosesByTarget(draft, kind);
        return doubt.Meaning switch
        {
            var m when IsSize(m) => opens || (!closes && !(doubt.IsEmpty && draft.Action == SignalAction.Exit)),
            var m when IsProtection(m) => opens || !atMarket,
            FieldMeaning.SignalPrice => false,
            FieldMeaning.Price => draft.OrderType is OrderType.Limit or OrderType.StopLimit
                && (draft.Price is null || doubt.Refusal is not null),
            FieldMeaning.LimitPrice => doubt.IsEmpty ? draft is { OrderType: OrderType.Limit or OrderType.StopLimit, Price: null }
            : doubt.Refusal?.Code == SignalCodes.OrderUnclear ? opens || kind == IntentKind.ExitPart
            : opens || !closes,
            FieldMeaning.StopPrice => doubt.IsEmpty ? draft.OrderType is OrderType.Stop or OrderType.StopLimit : opens || !closes,
            FieldMeaning.OtherPrice => opens || kind == IntentKind.ExitPart || !atMarket,
            var m when IsTrail(m) => doubt.IsEmpty ? draft.OrderType == OrderType.TrailingStop : opens || !closes,
            FieldMeaning.PositionSize or FieldMeaning.PreviousPositionSize or FieldMeaning.PreviousSentiment => kind
                is IntentKind.Enter
                    or IntentKind.Add
                    or IntentKind.ExitPart
                && (!SignalIntent.HasOwnSize(draft) || draft.PreviousSentiment == Sentiment.Short),
            FieldMeaning.OtherOrder => opens || kind == IntentKind.ExitPart || !atMarket,
            _ => true,
        };
    }

    private static bool Opens(SignalDraft draft) => SignalIntent.Of(draft).Kind is IntentKind.Enter or IntentKind.Add;

    // Flat and short say what must result; how much that is follows from what is held.
    private static bool ClosesByTarget(SignalDraft draft, IntentKind kind) =>
        kind == IntentKind.ExitAll && (draft.Sentiment is Sentiment.Flat or Sentiment.Short || draft.Direction == Direction.Short);

    public static bool IsSize(FieldMeaning meaning) =>
        meaning
            is FieldMeaning.Quantity
                or FieldMeaning.Cost
                or FieldMeaning.DollarCost
                or FieldMeaning.SizeUnit
                or FieldMeaning.SizeCurrency
                or FieldMeaning.OtherSize;

    private static bool IsProtection(FieldMeaning meaning) =>
        meaning
            is FieldMeaning.StopLoss
                or FieldMeaning.StopLossPercent
                or FieldMeaning.TakeProfit
                or FieldMeaning.TakeProfitPercent
                or FieldMeaning.OtherProtection;

    private static bool IsTrail(FieldMeaning meaning) => meaning is FieldMeaning.TrailAmount or FieldMeaning.TrailPercent;
}
