namespace ExEngine.Core.Webhooks.Intake;

/// <summary>A request at a webhook, its body read and within the cap.</summary>
/// <param name="ReceivedAt">UTC instant at which its handling began.</param>
/// <param name="StartedAt">The same instant as a timestamp of the clock, for the deadline.</param>
public sealed record IntakeRequest(
    string Token,
    byte[] Body,
    WebhookCredentials Credentials,
    string RequestId,
    DateTime ReceivedAt,
    long StartedAt
);
