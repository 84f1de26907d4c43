using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace ExEngine.Web.Components.Account;

public static class PasskeyName
{
    public const int MaxLength = 64;

    /// <summary>What its owner called it, or when it was made.</summary>
    public static string Of(UserPasskeyInfo passkey) =>
        string.IsNullOrWhiteSpace(passkey.Name)
            ? $"Passkey of {passkey.CreatedAt.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}"
            : passkey.Name;
}
