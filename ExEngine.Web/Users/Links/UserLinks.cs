using System.Text;
using ExEngine.Web.Network;
using Microsoft.AspNetCore.WebUtilities;

namespace ExEngine.Web.Users.Links;

/// <summary>
/// Links that give access to whoever opens them: they are shown or mailed to one person, and stand in no log. Their addresses are absolute.
/// </summary>
public sealed class UserLinks(PublicAddress address)
{
    private const string Unknown = "<address of the program>";

    /// <summary>
    /// The address that was configured for everybody; null when it was not. What is mailed begins with nothing else: the address that a
    /// request came to is what its sender said it was.
    /// </summary>
    public string? PublicPlace => address.ForPeople(null);

    /// <param name="code">What Identity made to set a new password with.</param>
    /// <param name="seenAs">The address in the operator's browser; null from a shell.</param>
    public string Reset(string email, string code, string? seenAs) =>
        $"{Place(seenAs)}/account/reset?email={Uri.EscapeDataString(email)}"
        + $"&code={WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(code))}";

    /// <param name="token">What was made with the invitation.</param>
    /// <param name="seenAs">The address in the operator's browser; null from a shell.</param>
    public string Invitation(string token, string? seenAs) => $"{Place(seenAs)}/account/register?invitation={token}";

    private string Place(string? seenAs) => address.ForPeople(seenAs) ?? Unknown;
}
