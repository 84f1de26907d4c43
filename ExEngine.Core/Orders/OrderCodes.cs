using ExEngine.Core.Markets;

namespace ExEngine.Core.Orders;

/// <summary>Codes: what became of an order, or of the signal behind it. See <see cref="RefusalCode"/>.</summary>
public static class OrderCodes
{
    [Refusal("It could not be traded in time, and is not traded late.", "Send it again if it still holds.")]
    public const string Expired = "expired";

    [Refusal(
        "More is to be sold by hand than is not held by webhooks and bots.",
        "Close the position that holds it, or sell less.",
        Field = "quantity",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string BelongsToOthers = "belongs_to_others";

    [Refusal("Its numbers are too large to plan with.", "Send smaller ones.")]
    public const string PlanFailed = "plan_failed";

    [Refusal("It was cancelled before it was sent.", "Nothing.")]
    public const string Canceled = "canceled";

    [Refusal("The engine stopped while the order was being sent; the exchange is asked whether it is there.", "Wait.")]
    public const string Restart = "restart";

    [Refusal("The exchange does not have the order, long after it would have: it was never placed.", "Nothing, or send it again.")]
    public const string NotPlaced = "not_placed";

    [Refusal("A person looked at the exchange and said that it was never placed. It is looked for a day longer.", "Nothing.")]
    public const string SaidNotPlaced = "said_not_placed";

    [Refusal("The order turned up after that word; what it does counts.", "Look at it, and acknowledge the alarm.")]
    public const string PlacedAfterAll = "placed_after_all";

    [Refusal(
        "A person booked what the exchange says was executed and never listed the trades of.",
        "Nothing; its fee is not known and not counted."
    )]
    public const string BookedByHand = "booked_by_hand";

    [Refusal(
        "No price is known of what is to be booked by hand.",
        "State the price that the exchange shows for the order.",
        Field = "price"
    )]
    public const string PriceMissing = "price_missing";

    [Refusal(
        "The order rested at the exchange, and it does not have it any more, though nobody cancelled it.",
        "Nothing: a bot or a protection places it anew. Ask the exchange if it happens often."
    )]
    public const string Vanished = "vanished";

    [Refusal("The exchange refused the cancel; it is asked again in growing pauses.", "Look at the order at the exchange if it lasts.")]
    public const string CancelRefused = "cancel_refused";

    [Refusal(
        "The order was taken off the book to be changed, and what was to follow it was refused.",
        "Place the rest anew, as the reason allows; then acknowledge the alarm."
    )]
    public const string ChangeRefused = "change_refused";

    [Refusal(
        "Only a limit order that rests, or is about to be sent, can be changed, and no change while its cancel is under way.",
        "Place another order.",
        Field = "status"
    )]
    public const string NotChangeable = "not_changeable";

    [Refusal(
        "So much of the order is executed already.",
        "State more than that, or cancel the rest.",
        Field = "quantity",
        Asked = true,
        Limit = true
    )]
    public const string ExecutedAlready = "executed_already";

    [Refusal("The exchange lists the order as rejected, without a reason.", "Look at the exchange for the reason.")]
    public const string Rejected = "rejected";

    [Refusal(
        "The exchange has not said for a long time what became of the order.",
        "Look for its client id at the exchange, and say if it is not there."
    )]
    public const string Unsettled = "unsettled";

    [Refusal("A person's word is asked only for an order whose fate is in doubt.", "Nothing.", Field = "status")]
    public const string NotInDoubt = "not_in_doubt";
}
