using System.Security.Cryptography;
using System.Text;

namespace ExEngine.Web.Api;

/// <summary>
/// Turns the <c>Idempotency-Key</c> of a request into the id of its press: the same user and key always give the same id, and
/// the same press places nothing twice.
/// </summary>
public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 200;

    /// <summary>Null when the request names none.</summary>
    /// <exception cref="BadHttpRequestException">It is too long.</exception>
    public static Guid? PressOf(Guid userId, string? key) =>
        key is { Length: > MaxLength } ? throw new BadHttpRequestException($"{Header} has at most {MaxLength} characters.")
        : string.IsNullOrEmpty(key) ? null
        : Of(userId, key);

    public static Guid Of(Guid userId, string key)
    {
        byte[] facts = [.. userId.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(key)];
        var hash = SHA256.HashData(facts).AsSpan(0, 16);
        // A UUID of version 8 (RFC 9562, section 5.8).
        hash[6] = (byte)(0x80 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return new Guid(hash, bigEndian: true);
    }
}
