using Microsoft.AspNetCore.WebUtilities;

namespace ExEngine.Core.Data.Sealing;

/// <summary>
/// Which key of the ring sealed a text. Data Protection writes it in front of every ciphertext, in the open: four bytes that are always
/// the same and the key's id, all in base64url.
/// </summary>
public static class CiphertextKey
{
    private const int HeaderBytes = 20;

    // 27 characters hold the header, and the last of them a part of what follows it.
    private const int PrefixCharacters = 26;

    private static ReadOnlySpan<byte> Magic => [0x09, 0xF0, 0xC9, 0xF0];

    /// <returns>The key's id; null when this is no ciphertext of Data Protection.</returns>
    public static Guid? Of(string ciphertext)
    {
        if (ciphertext.Length < PrefixCharacters + 2)
        {
            return null;
        }

        try
        {
            var header = WebEncoders.Base64UrlDecode(ciphertext, 0, PrefixCharacters + 2).AsSpan();
            return header.StartsWith(Magic) ? new Guid(header[Magic.Length..HeaderBytes]) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>What every ciphertext of the key begins with; for queries, which find one key in 16 too many at the most.</summary>
    public static string Prefix(Guid keyId)
    {
        byte[] header = [.. Magic, .. keyId.ToByteArray()];
        return WebEncoders.Base64UrlEncode(header)[..PrefixCharacters];
    }
}
