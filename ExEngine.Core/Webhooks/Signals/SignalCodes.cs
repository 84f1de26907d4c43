using ExEngine.Core.Markets;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>Codes: what became of a signal before there was a plan. See <see cref="RefusalCode"/>.</summary>
public static class SignalCodes
{
    [Refusal("The alert was not understood; it is kept as refused.", "Correct the fields that are named, and send it again.")]
    public const string PayloadInvalid = "payload_invalid";

    [Refusal(
        "The alert was older at its arrival than the webhook or the message allows.",
        "Send it sooner, correct the sender's clock, or raise the webhook's limit."
    )]
    public const string TooOld = "too_old";

    [Refusal(
        "The alert states a time that is further ahead than clocks differ.",
        "Correct the sender's clock or time zone.",
        Field = "time"
    )]
    public const string FromTheFuture = "from_the_future";

    [Refusal(
        "The webhook's time is the opening of a bar, and the message does not say how long its bar is.",
        "Add the interval to the message.",
        Field = "time"
    )]
    public const string IntervalMissing = "interval_missing";

    [Refusal(
        "A field says how to trade and was not understood, so the alert would be traded otherwise than written.",
        "Write it under the name that the message gives, or leave it out.",
        Asked = true
    )]
    public const string FieldNotRead = "field_not_read";

    [Refusal("Two fields say the same thing and disagree.", "State it once.", Asked = true)]
    public const string FieldsDisagree = "fields_disagree";

    [Refusal(
        "The size is stated, and not what it is in, or of what it is a share.",
        "State the unit that the message names.",
        Asked = true
    )]
    public const string UnitUnclear = "unit_unclear";

    [Refusal(
        "A price, a distance or a protection is stated that this kind of order does not have.",
        "State the order type that it belongs to, or leave it out.",
        Asked = true
    )]
    public const string OrderUnclear = "order_unclear";

    [Refusal(
        "A buy reverses a short position, and how much is to be held afterwards is not stated.",
        "Add the size of the position afterwards.",
        Asked = true
    )]
    public const string ReversalUnclear = "reversal_unclear";
}
