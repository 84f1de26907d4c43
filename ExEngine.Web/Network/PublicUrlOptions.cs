namespace ExEngine.Web.Network;

/// <summary>The setting <c>PublicUrl</c>, which stands in no section.</summary>
public sealed class PublicUrlOptions
{
    public const string Rule =
        "PublicUrl is the address that this server is reached at, such as https://trade.example.org: http or https, a host, perhaps a path, no query.";

    /// <summary>Such as <c>https://trade.example.org</c>. Default: none; then the address in the browser is shown.</summary>
    public string PublicUrl { get; set; } = "";

    public bool IsValid =>
        PublicUrl.Length == 0
        || (
            Uri.TryCreate(PublicUrl, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri is { Query: "", Fragment: "", UserInfo: "", Host.Length: > 0 }
            && !PublicUrl.Contains('?')
            && !PublicUrl.Contains('#')
        );
}
