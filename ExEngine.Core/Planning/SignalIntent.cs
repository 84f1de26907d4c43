namespace ExEngine.Core.Planning;

/// <summary>
/// What a signal wants of a spot position, by its words alone. The position that must result (<c>sentiment</c>) goes before the
/// action: flat and short close all that is held, because nothing is borrowed to sell short; long after a buy is an entry or, when
/// already long, an addition of the stated size; long after a sell is a reduction by it. A buy that ends flat or short would
/// cover a short position, and there is none. A sell that states neither a size nor what it leaves closes all: a webhook's default
/// size is for entries.
/// </summary>
internal sealed record SignalIntent(IntentKind Kind, string? Note = null)
{
    private const string NothingBorrowed = "Spot: nothing is borrowed, so a short signal sells what is held and no more.";
    private const string NoShort = "Spot: there is no short position to cover or to add to.";

    public static SignalIntent Of(SignalDraft draft)
    {
        var isShort = draft.Sentiment == Sentiment.Short || (draft.Sentiment is null && draft.Direction == Direction.Short);
        return draft.Action switch
        {
            SignalAction.Cancel => new(IntentKind.CancelOrders),
            SignalAction.Bot => new(IntentKind.Nothing),
            SignalAction.Exit when draft.Direction == Direction.Short => new(IntentKind.Nothing, NoShort),
            SignalAction.Buy or SignalAction.Add when isShort || draft.Direction == Direction.Short => new(IntentKind.Nothing, NoShort),
            SignalAction.Buy when draft.Sentiment == Sentiment.Flat || draft.ReduceOnly || CoversOnly(draft) => new(
                IntentKind.Nothing,
                NoShort
            ),
            SignalAction.Add when draft.Sentiment == Sentiment.Flat => new(IntentKind.ExitAll),
            SignalAction.Add => new(IntentKind.Add),
            SignalAction.Buy => new(IntentKind.Enter),
            _ when draft.Sentiment == Sentiment.Flat => new(IntentKind.ExitAll),
            _ when isShort => new(IntentKind.ExitAll, NothingBorrowed),
            SignalAction.Exit => new(HasOwnSize(draft) ? IntentKind.ExitPart : IntentKind.ExitAll),
            _ when HasOwnSize(draft) || draft.Sentiment == Sentiment.Long || draft.PositionSize > 0 => new(IntentKind.ExitPart),
            _ => new(IntentKind.ExitAll),
        };
    }

    // The sender's position was short, and all of the quantity goes into closing it.
    private static bool CoversOnly(SignalDraft draft) =>
        draft
            is { PreviousSentiment: Sentiment.Short, PositionSize: 0 }
                or { PreviousSentiment: Sentiment.Short, PositionSize: null, Quantity: { } }
        && (draft.PositionSize == 0 || draft.Quantity <= draft.PreviousPositionSize);

    /// <summary>The sender stated how much.</summary>
    public static bool HasOwnSize(SignalDraft draft) =>
        draft.SizeIsDefault != true && draft is not { Quantity: null, Cost: null, Size: null };
}

internal enum IntentKind
{
    Nothing,
    CancelOrders,
    ExitAll,
    ExitPart,
    Enter,

    /// <summary>Enter, but only on top of a position.</summary>
    Add,
}
