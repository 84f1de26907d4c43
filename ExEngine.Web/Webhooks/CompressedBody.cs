using System.Buffers.Binary;
using System.IO.Compression;

namespace ExEngine.Web.Webhooks;

/// <summary>
/// A body that came with <c>Content-Encoding</c>: read within the same cap, so that a small one cannot grow large. What is no such
/// encoding, or broken, stays as it is and is refused as unreadable once its sender is known.
/// </summary>
internal static class CompressedBody
{
    /// <summary>Null when it is over the cap once it is unpacked.</summary>
    public static byte[]? Read(byte[] body, string? encoding, int limit)
    {
        using var source = new MemoryStream(body, writable: false);
        using Stream? unpacked = encoding?.Trim().ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            "deflate" => new ZLibStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            _ => null,
        };
        if (unpacked is null || body.Length == 0)
        {
            return body;
        }

        try
        {
            var into = new byte[limit + 1];
            var length = unpacked.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);

            // A gzip body that lost its end would read as a shorter message; its last four bytes say how long it was.
            var isWhole = unpacked is not GZipStream || (uint)length == BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(^4..));
            return length > limit ? null
                : isWhole ? into[..length]
                : body;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return body;
        }
    }
}
