using System.Buffers.Text;
using System.Security.Cryptography;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Payloads;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>By what an alert is known again when it comes twice.</summary>
internal static class DedupeKey
{
    /// <summary>
    /// The same id with the same content is the same alert, whenever it comes; the same id with other content is another one. Without an id
    /// the content alone counts: for ever when it is signed, because whoever recorded a signed message can send it again at any time, and
    /// for the length of the window when it is not, because two alerts of a strategy may well read the same.
    /// </summary>
    public static (string Key, bool Expires) Of(ResolvedWebhook webhook, IntakeRequest request, SignalReading reading)
    {
        var content = Digest(request.Body);
        return reading.Draft?.Id is { } own ? ($"id:{StoredText.Repaired(own)}:{content}", false)
            : webhook.Auth == WebhookAuthMode.Standard && request.Credentials.WebhookId is { } message ? ($"msg:{message}:{content}", false)
            : ("body:" + content, webhook.Auth != WebhookAuthMode.Hmac);
    }

    // Half of a SHA-256: 128 bits are enough that nobody finds two alerts with the same, and leave room for the id beside it.
    private static string Digest(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return Base64Url.EncodeToString(hash[..16]);
    }
}
