namespace ExEngine.Web.Components.Layout;

/// <summary>
/// Light, dark or as the system says. Kept in a cookie that <c>shell.js</c> writes, so that the server's first answer
/// already carries the right theme.
/// </summary>
public sealed record ThemeChoice(string Name, string ColorScheme, string LightMedia, string DarkMedia)
{
    public const string CookieName = "theme";

    public static readonly ThemeChoice System = new(
        "system",
        "light dark",
        "(prefers-color-scheme: light)",
        "(prefers-color-scheme: dark)"
    );
    public static readonly ThemeChoice Light = new("light", "light", "all", "not all");
    public static readonly ThemeChoice Dark = new("dark", "dark", "not all", "all");

    /// <summary>Anything but the two names means the system's choice.</summary>
    public static ThemeChoice FromCookie(string? value) =>
        value switch
        {
            "light" => Light,
            "dark" => Dark,
            _ => System,
        };
}
