using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ExEngine.Web.Users.Invitations;

/// <summary>What an invitation's link carries: 256 random bits. It is shown once and kept as its hash.</summary>
public static class InvitationToken
{
    private const int MaxLength = 128;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Null for what can be none.</summary>
    public static byte[]? Hash(string? token) =>
        token is { Length: > 0 and <= MaxLength } ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : null;
}
