namespace ExEngine.Core.Webhooks.Intake;

/// <summary>A request at a webhook, its body read and within the cap.</summary>
/// <param name="Body">As it is read: decompressed, where it came compressed.</param>
/// <param name="ReceivedAt">UTC instant at which its handling began.</param>
/// <param name="BodyReadAt">When its body was there, as a timestamp of the clock: the deadline of the commit counts from it.</param>
public sealed record IntakeRequest(
    string Token,
    byte[] Body,
    WebhookCredentials Credentials,
    string RequestId,
    DateTime ReceivedAt,
    long BodyReadAt
)
{
    /// <summary>The bytes as received, which is what a sender's signature is over.</summary>
    public byte[] Signed { get; init; } = Body;
}
