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
}
