using System.Text;

namespace ExEngine.Web.Components.Account;

/// <summary>Where to go after signing in: only ever to a page of this site.</summary>
public static class LocalUrl
{
    /// <summary>
    /// The path and query of <paramref name="returnUrl"/> when it is one of ours, else the dashboard. Fit for a header, which takes nothing
    /// but ASCII: the rest is escaped.
    /// </summary>
    public static string OrHome(string? returnUrl) => IsLocal(returnUrl) ? Escaped(returnUrl!) : "/";

    /// <summary>A page of the sign-in that leads on to <paramref name="returnUrl"/>.</summary>
    /// <param name="stay">Whether the session outlives the browser; part of the address when it is yes.</param>
    public static string With(string page, string? returnUrl, bool stay = false)
    {
        string[] query =
        [
            OrHome(returnUrl) is var url && url != "/" ? $"returnUrl={Uri.EscapeDataString(url)}" : "",
            stay ? "stay=true" : "",
        ];
        var text = string.Join('&', query.Where(q => q.Length > 0));
        return text.Length == 0 ? page : $"{page}?{text}";
    }

    // What is escaped already stays so.
    private static string Escaped(string url) =>
        Ascii.IsValid(url) && !url.Contains(' ', StringComparison.Ordinal)
            ? url
            : string.Concat(
                url.EnumerateRunes().Select(r => r is { IsAscii: true, Value: not ' ' } ? r.ToString() : Uri.EscapeDataString(r.ToString()))
            );

    // Browsers read "//host", "/\host" and control characters inside either as another site.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] && !url.StartsWith("//", StringComparison.Ordinal) && !url.Any(c => char.IsControl(c) || c == '\\');
}
