using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>From the fields of an alert to its draft, the same for every preset; what differs are its <see cref="PresetWords"/>.</summary>
internal static class AlertReader
{
    /// <param name="stated">What the alert says elsewhere, such as the code of WunderTrading; null when its fields say it.</param>
    /// <param name="protect">Reads the protection where a format has its own way; null for the usual one.</param>
    public static SignalDraft Read(
        AlertFields alert,
        SignalDraft? stated = null,
        Func<SignalDraft, AlertFields, SignalDraft>? protect = null
    )
    {
        var words = alert.Words;
        var sentiment = alert.Choice(FieldMeaning.Sentiment, Vocabulary.Sentiments);
        var action = Action(alert, sentiment, stated);
        var (size, previousSize) = (alert.Signed(FieldMeaning.PositionSize), alert.Signed(FieldMeaning.PreviousPositionSize));
        var draft = new SignalDraft
        {
            Id = words.Id.Length == 0 ? null : alert.Text(words.Id),
            Exchange = alert.Text(words.Exchange) ?? stated?.Exchange,
            Symbol = Symbol(alert, stated),
            Action = action.Action,
            Direction = action.Direction,
            Sentiment = sentiment ?? (size < 0 ? Sentiment.Short : null),
            PreviousSentiment =
                alert.Choice(FieldMeaning.PreviousSentiment, Vocabulary.Sentiments) ?? (previousSize < 0 ? Sentiment.Short : null),
            PositionSize = size is { } s ? Math.Abs(s) : null,
            PreviousPositionSize = previousSize is { } p ? Math.Abs(p) : null,
            TimeInForce = alert.Choice(FieldMeaning.TimeInForce, words.TimesInForce),
            ReduceOnly = alert.Choice(FieldMeaning.ReduceOnly, Vocabulary.Flags) ?? false,
            CancelOpen = alert.Choice(FieldMeaning.CancelOpen, Vocabulary.Flags),
            Delay = Delay(alert),
            Time = alert.Time(words.Time),
            MaxLag = words.MaxLag is { } lag ? alert.Seconds(lag, 1, Vocabulary.MaxLagSeconds) : null,
        };
        var prices = Prices.Of(alert);
        draft = SizeReader.Read(WithSide(prices.In(draft, alert), alert), alert);
        draft = (protect ?? ProtectionReader.Read)(draft, alert);
        RefuseUnread(alert);
        var limit = draft.OrderType is OrderType.Limit or OrderType.StopLimit ? null : prices.Limit;
        FieldUse.CheckOrder(draft, limit, words, alert.Problems);
        return draft with { Extras = alert.Extras() };
    }

    // What has a meaning and was not asked for, each with the name that is read here.
    private static void RefuseUnread(AlertFields alert)
    {
        foreach (var field in alert.Unread())
        {
            var name = FieldUse.Instead(field.Meaning, alert.Words);
            alert.Problems.Refuse(
                field.Meaning,
                SignalCodes.FieldNotRead,
                field.Path,
                field.Shown,
                $"{field.Path} ({field.Shown}) was not understood here; {name}."
            );
        }
    }

    private static DirectedAction Action(AlertFields alert, Sentiment? sentiment, SignalDraft? stated)
    {
        var words = alert.Words;
        var name = words.Name(FieldMeaning.Action);
        if (stated is not null)
        {
            if (alert.Choice(FieldMeaning.Action, CustomVocabulary.Actions) is { } other && other.Action != stated.Action)
            {
                var field = alert.Of(FieldMeaning.Action)[0];
                alert.Problems.Refuse(
                    FieldMeaning.Action,
                    SignalCodes.FieldsDisagree,
                    field.Path,
                    field.Shown,
                    $"{field.Path} is {field.Shown}, and the code says something else; state one of them."
                );
            }

            return new(stated.Action, stated.Direction);
        }

        if (alert.Has(FieldMeaning.Action))
        {
            return alert.Choice(FieldMeaning.Action, words.Actions) ?? default;
        }

        // One that is half of a surrogate pair has its own error.
        if (alert.Of(FieldMeaning.Action).Any(f => !f.IsEmpty && alert.Text(f.Path) is null))
        {
            return default;
        }

        if (words.SentimentIsEnough && alert.Has(FieldMeaning.Sentiment))
        {
            return new(Vocabulary.ActionFor(sentiment), null);
        }

        if (alert.Has(FieldMeaning.Side) && alert.Choice(FieldMeaning.Side, CustomVocabulary.Actions) is { } side)
        {
            return side;
        }

        var allowed = words.SentimentIsEnough
            ? "buy, sell, exit, cancel, add. State it, or state sentiment"
            : string.Join(", ", words.Actions.Keys);
        alert.Problems.Errors.Add(new FieldError(name, $"{name} is missing; allowed are {allowed}."));
        return default;
    }

    private static string? Symbol(AlertFields alert, SignalDraft? stated)
    {
        var symbol = alert.Text(FieldMeaning.Symbol, IsSameSymbol);
        if (symbol is not null && stated?.Symbol is { } other && !IsSameSymbol(symbol, other))
        {
            alert.Problems.Refuse(
                FieldMeaning.Symbol,
                SignalCodes.FieldsDisagree,
                alert.Of(FieldMeaning.Symbol)[0].Path,
                symbol,
                $"The symbol is {symbol}, and the code says {other}; state one of them."
            );
        }

        return symbol ?? stated?.Symbol;
    }

    // BINANCE:BTCUSDT, BTC/USDT and btc-usdt are one, and its coin BTC is no other.
    private static bool IsSameSymbol(string one, string other)
    {
        var (first, second) = (Plain(one), Plain(other));
        return first.StartsWith(second, StringComparison.Ordinal) || second.StartsWith(first, StringComparison.Ordinal);
    }

    private static string Plain(string symbol) =>
        FieldName.Plain(
            symbol.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at && !symbol.Contains('/', StringComparison.Ordinal)
                ? symbol[(at + 1)..]
                : symbol
        );

    private static TimeSpan? Delay(AlertFields alert)
    {
        var fields = alert.Of(FieldMeaning.Delay).Where(f => !f.IsEmpty).ToList();
        return fields.Count == 0 ? null
            : alert.Seconds(fields[0].Path, 0, Vocabulary.MaxDelaySeconds) is { Ticks: > 0 } delay ? delay
            : null;
    }

    private static SignalDraft WithSide(SignalDraft draft, AlertFields alert)
    {
        var fields = alert.Of(FieldMeaning.Side).Where(f => !f.IsEmpty && FieldName.Plain(f.Shown) is not "both" and not "net").ToList();
        if (fields.Count == 0 || alert.Choice(FieldMeaning.Side, Vocabulary.Sides) is not { } side)
        {
            return draft;
        }

        var ofPosition = FieldName.Plain(fields[0].Shown) is "long" or "short";
        switch (draft.Action)
        {
            case SignalAction.Cancel:
                return draft with { CancelSide = side == Direction.Long ? OrderSide.Buy : OrderSide.Sell };
            case SignalAction.Exit when ofPosition:
                return draft with { Direction = draft.Direction ?? side };
            case SignalAction.Buy or SignalAction.Add when side == Direction.Long:
            case SignalAction.Sell when side == Direction.Short:
                return draft;
            case SignalAction.Buy or SignalAction.Sell when ofPosition && fields[0].Plain.StartsWith("pos", StringComparison.Ordinal):
                return draft with { Direction = side };
            default:
                alert.Problems.Refuse(
                    FieldMeaning.Side,
                    SignalCodes.FieldsDisagree,
                    fields[0].Path,
                    fields[0].Shown,
                    $"{fields[0].Path} is {fields[0].Shown} beside {draft.Action.ToString().ToLowerInvariant()}, which can be meant in two ways; state one of them."
                );
                return draft;
        }
    }

    /// <summary>The prices of an alert and the type of order that they make.</summary>
    private sealed record Prices(OrderType? Type, decimal? Limit, decimal? Stop, decimal? Price, decimal? Seen)
    {
        public static Prices Of(AlertFields alert) =>
            new(
                alert.Choice(FieldMeaning.OrderType, Vocabulary.AllOrderTypes),
                alert.Positive(FieldMeaning.LimitPrice),
                alert.Positive(FieldMeaning.StopPrice),
                alert.Positive(FieldMeaning.Price),
                alert.Positive(FieldMeaning.SignalPrice)
            );

        public SignalDraft In(SignalDraft draft, AlertFields alert)
        {
            var words = alert.Words;
            var byPrice = Limit is not null || (words.PriceIsLimit && Price is not null);
            var order =
                Type
                ?? (
                    alert.Has(FieldMeaning.OrderType) || !byPrice ? OrderType.Market
                    : Stop is null ? OrderType.Limit
                    : OrderType.StopLimit
                );
            var isLimit = order is OrderType.Limit or OrderType.StopLimit;
            return draft with
            {
                OrderType = order,
                Price = isLimit ? Limit ?? Price : null,
                StopPrice = Stop,
                TrailAmount = alert.Positive(FieldMeaning.TrailAmount),
                TrailPercent = alert.Positive(FieldMeaning.TrailPercent),
                SignalPrice = Seen ?? (words.PriceIsSeen || !isLimit || Limit is not null ? Price : null),
            };
        }
    }
}
