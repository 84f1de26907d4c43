using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace ExEngine.Tests.Users;

/// <summary>An authenticator app, written from RFC 6238 (SHA-1, 30 s, six digits).</summary>
public static class Totp
{
    public static string Now(string base32Key) => At(base32Key, TimeProvider.System.GetUtcNow());

    public static string At(string base32Key, DateTimeOffset at)
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, at.ToUnixTimeSeconds() / 30);
        // RFC 4226 names SHA-1; authenticator apps know nothing else.
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(FromBase32(base32Key), step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
