using ExEngine.Core.Data;

namespace ExEngine.Web.Users.Sessions;

/// <summary>What a <c>User-Agent</c> says about a device, as its owner would call it. It is what the sender claims, and no proof.</summary>
public static class DeviceName
{
    // In this order: browsers also claim to be those that they are made of.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("HeadlessChrome/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    public static string Of(string? userAgent)
    {
        var text = userAgent ?? "";
        var (browser, system) = (Find(Browsers, text), Find(Systems, text));
        var name =
            browser is null ? Program(text)
            : system is null ? browser
            : $"{browser} on {system}";
        return name.Length > UserSession.MaxText ? name[..UserSession.MaxText] : name;
    }

    private static string? Find((string Mark, string Name)[] among, string text) =>
        among.FirstOrDefault(a => text.Contains(a.Mark, StringComparison.Ordinal)).Name;

    // "curl/8.5.0" is "curl".
    private static string Program(string text)
    {
        var name = string.Concat(text.Split('/', ' ')[0].Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));
        return name.Length == 0 ? "A program" : name;
    }
}
