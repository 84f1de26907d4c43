using System.Security.Cryptography;

namespace ExEngine.Web.Webhooks;

/// <summary>
/// Marks a test alert as this server's own, so that the webhook's list of source addresses lets it in and nobody ever trades
/// it. Proves nothing else: token, signature and secret are checked as always. The key lives and dies with the process.
/// </summary>
public sealed class TestPass
{
    public const string Header = "X-ExEngine-Test";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    public string For(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, body));

    public bool Opens(string? header, ReadOnlySpan<byte> body)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return header is not null
            && Convert.FromHexString(header, given, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == given.Length
            && CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(_key, body));
    }
}
