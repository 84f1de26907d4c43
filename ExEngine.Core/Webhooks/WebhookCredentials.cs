using System.Net;

namespace ExEngine.Core.Webhooks;

/// <summary>What a request brings along to prove who sent it, as received; null where the header is absent.</summary>
public readonly record struct WebhookCredentials(
    IPAddress? Source, string? WebhookId, string? Timestamp, string? Signatures, string? HubSignature, string? PlainSignature);
