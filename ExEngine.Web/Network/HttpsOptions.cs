namespace ExEngine.Web.Network;

/// <summary>Section <c>Https</c>.</summary>
public sealed class HttpsOptions
{
    /// <summary>
    /// Redirect plain HTTP and tell browsers to stay on HTTPS (HSTS). For a product that is reached over HTTPS only, by its own
    /// certificate or through a proxy of <c>ForwardedHeaders:KnownProxies</c>. Default: false.
    /// </summary>
    public bool Required { get; set; }
}
