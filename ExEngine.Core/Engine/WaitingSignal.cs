using ExEngine.Core.Webhooks;

namespace ExEngine.Core.Engine;

/// <summary>A signal that is to be planned, and the webhook that it came through.</summary>
internal sealed record WaitingSignal(Signal Signal, Webhook? Webhook);
