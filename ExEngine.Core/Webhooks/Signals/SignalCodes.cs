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
}
