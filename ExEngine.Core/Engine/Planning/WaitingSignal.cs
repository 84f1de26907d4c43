using ExEngine.Core.Webhooks;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Engine.Planning;

/// <summary>A signal that is to be planned, and the webhook that it came through.</summary>
internal sealed record WaitingSignal(Signal Signal, Webhook? Webhook)
{
    /// <summary>Whose position it trades.</summary>
    public Guid OwnerId => Webhook?.TradesWithId ?? Signal.WebhookId;
}
