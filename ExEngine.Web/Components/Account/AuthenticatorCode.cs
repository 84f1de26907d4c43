using QRCoder;

namespace ExEngine.Web.Components.Account;

/// <summary>How an authenticator app learns its key, and what people make of its codes.</summary>
public static class AuthenticatorCode
{
    private const string Issuer = "Execution Engine";

    /// <summary>The digits alone: people type a code with a blank or a dash in the middle.</summary>
    public static string Digits(string code) => string.Concat(code.Where(char.IsAsciiDigit));

    /// <summary>The key in groups of four, to be typed by hand.</summary>
    public static string Spaced(string key) => string.Join(' ', key.Chunk(4).Select(group => new string(group)));

    /// <summary>An SVG element with the key's address for authenticator apps, always black on white so that cameras read it.</summary>
    public static string QrSvg(string email, string key)
    {
        using var data = QRCodeGenerator.GenerateQrCode(Uri(email, key), QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    public static string Uri(string email, string key) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(Issuer)}:{System.Uri.EscapeDataString(email)}"
        + $"?secret={key}&issuer={System.Uri.EscapeDataString(Issuer)}&digits=6";
}
