using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Konscious.Security.Cryptography;

namespace ExEngine.Web.Users;

/// <summary>
/// A password's Argon2id hash (RFC 9106) in the PHC string form, which says how it was made:
/// <c>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</c>, both in base64 without padding.
/// </summary>
/// <param name="MemoryKib">Memory to fill, in KiB.</param>
/// <param name="Passes">Passes over it.</param>
/// <param name="Lanes">Parts of the memory that can be filled at the same time.</param>
public sealed partial record Argon2Hash(int MemoryKib, int Passes, int Lanes, byte[] Salt, byte[] Digest)
{
    /// <summary>Prefix of every hash of this kind.</summary>
    public const string Prefix = "$argon2id$";

    // What a stored hash may ask of this machine: whoever can write one row must not be able to stop the process with it.
    public const int MaxMemoryKib = 262_144;
    public const int MaxPasses = 10;
    private const int MaxLanes = 4;

    private const int SaltBytes = 16;
    private const int DigestBytes = 32;

    public static Argon2Hash Make(string password, int memoryKib, int passes)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new Argon2Hash(memoryKib, passes, 1, salt, Digested(password, memoryKib, passes, 1, salt, DigestBytes));
    }

    /// <summary>False for anything that is not such a hash, or asks for more than is allowed here.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Argon2Hash? hash)
    {
        hash = null;
        if (
            Form().Match(text) is not { Success: true } parts
            || Base64(parts.Groups["salt"].Value) is not { Length: >= 8 and <= 64 } salt
            || Base64(parts.Groups["hash"].Value) is not { Length: >= 16 and <= 64 } digest
        )
        {
            return false;
        }

        var read = new Argon2Hash(Number("m"), Number("t"), Number("p"), salt, digest);
        if (
            read.Lanes is < 1 or > MaxLanes
            || read.Passes is < 1 or > MaxPasses
            || read.MemoryKib < 8 * read.Lanes
            || read.MemoryKib > MaxMemoryKib
        )
        {
            return false;
        }

        hash = read;
        return true;

        int Number(string name) => int.Parse(parts.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>Whether it is the hash of this password. Takes as long for a nearly right one.</summary>
    public bool IsOf(string password) =>
        CryptographicOperations.FixedTimeEquals(Digested(password, MemoryKib, Passes, Lanes, Salt, Digest.Length), Digest);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}v=19$m={MemoryKib},t={Passes},p={Lanes}${Text(Salt)}${Text(Digest)}");

    private static byte[] Digested(string password, int memoryKib, int passes, int lanes, byte[] salt, int length)
    {
        using var argon2 = new Argon2id(Encoding.UTF8.GetBytes(password))
        {
            MemorySize = memoryKib,
            Iterations = passes,
            DegreeOfParallelism = lanes,
            Salt = salt,
        };
        return argon2.GetBytes(length);
    }

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length) ? bytes[..length] : null;
    }

    [GeneratedRegex(
        @"^\$argon2id\$v=19\$m=(?<m>[1-9][0-9]{0,8}),t=(?<t>[1-9][0-9]{0,3}),p=(?<p>[1-9][0-9]{0,3})\$(?<salt>[A-Za-z0-9+/]{1,90})\$(?<hash>[A-Za-z0-9+/]{1,90})\z"
    )]
    private static partial Regex Form();
}
