using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>Makes the signatures that senders make: for the curl line, the test alert and the tests.</summary>
public static class WebhookSignature
{
    /// <summary>The <c>webhook-signature</c> of Standard Webhooks 1.0.0: <c>v1,</c> and base64 HMAC-SHA256.</summary>
    /// <param name="secret"><c>whsec_</c> and base64.</param>
    /// <param name="timestamp">Unix seconds.</param>
    public static string Standard(string secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, StandardKey(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }

    /// <summary>The value of <c>X-Hub-Signature-256</c>: <c>sha256=</c> and lower-case hex HMAC-SHA256 of the raw body.</summary>
    public static string Hub(string secret, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>The HMAC key inside a <c>whsec_…</c> secret.</summary>
    /// <exception cref="FormatException">Not <c>whsec_</c> and base64.</exception>
    public static byte[] StandardKey(string secret) =>
        secret.StartsWith("whsec_", StringComparison.Ordinal)
            ? Convert.FromBase64String(secret["whsec_".Length..])
            : throw new FormatException("A Standard Webhooks secret starts with whsec_.");
}
