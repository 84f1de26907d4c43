namespace ExEngine.Web.Components.Account;

/// <summary>Where to go after signing in: only ever to a page of this site.</summary>
public static class LocalUrl
{
    /// <summary>The path and query of <paramref name="returnUrl"/> when it is one of ours, else the dashboard.</summary>
    public static string OrHome(string? returnUrl) => IsLocal(returnUrl) ? returnUrl! : "/";

    // Browsers read "//host", "/\host" and control characters inside either as another site.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] && !(url.Length > 1 && url[1] is '/' or '\\') && !url.Any(c => char.IsControl(c) || c == '\\');
}
