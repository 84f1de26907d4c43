using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ExEngine.Core.Orders;

/// <summary>
/// Derives an order's client id from what it is for, so that the same work always has the same id: 32 lower-case hexadecimal
/// digits, which every exchange takes, in the form of a UUID version 8 (RFC 9562, section 5.8) over SHA-256.
/// </summary>
public static class ClientOrderId
{
    public static string Of(OrderOrigin origin, Guid originId, string leg, int generation)
    {
        Span<byte> facts = stackalloc byte[4 + 16 + 4 + 128];
        BinaryPrimitives.WriteInt32BigEndian(facts, (int)origin);
        originId.TryWriteBytes(facts[4..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(facts[20..], generation);
        var length = 24 + Encoding.UTF8.GetBytes(leg, facts[24..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(facts[..length], hash);
        hash[6] = (byte)(0x80 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return Convert.ToHexStringLower(hash[..16]);
    }
}
