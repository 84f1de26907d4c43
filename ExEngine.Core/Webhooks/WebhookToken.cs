using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ExEngine.Core.Webhooks;

/// <summary>The secrets of a webhook: the token in its URL and the key that signs or accompanies its requests.</summary>
public static class WebhookToken
{
    /// <summary>192 random bits as 32 URL-safe characters.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    /// <summary>Whether a text can be a token at all; a guess that cannot costs no query.</summary>
    public static bool IsWellFormed(string token) => token.Length == 32 && Base64Url.IsValid(token);

    /// <summary>A secret for the mode: <c>whsec_</c> and base64 for Standard Webhooks, 32 URL-safe characters otherwise.</summary>
    public static string NewSecret(WebhookAuthMode mode) =>
        mode == WebhookAuthMode.Standard ? "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)) : New();

    /// <summary>SHA-256 of the token: what is stored and looked up.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
