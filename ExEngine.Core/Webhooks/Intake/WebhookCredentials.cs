using System.Net;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>What a request brings along to prove who sent it, as received; null where the header is absent.</summary>
/// <param name="Signatures">Of Standard Webhooks; several, on one line or on several, with blanks between.</param>
/// <param name="HubSignature">As <paramref name="Signatures"/>.</param>
/// <param name="PlainSignature">As <paramref name="Signatures"/>.</param>
/// <param name="IsOwnTest">Sent by this server itself at its user's wish: it may come from an address that is not on the list.</param>
public readonly record struct WebhookCredentials(
    IPAddress? Source,
    string? WebhookId,
    string? Timestamp,
    string? Signatures,
    string? HubSignature,
    string? PlainSignature,
    bool IsOwnTest = false
);
