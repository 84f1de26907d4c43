using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ExEngine.Web.Network;

/// <summary>Section <c>ForwardedHeaders</c>: reverse proxies that may say who the client is.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    /// <summary>
    /// IP addresses, networks and host names, such as <c>10.0.0.2, 172.16.0.0/12, proxy.internal</c>. From these alone the headers are
    /// believed, along a chain as far as each of it is named. Default: none.
    /// </summary>
    public string KnownProxies { get; set; } = "";

    /// <summary>
    /// Which headers they write: <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c>, or the one of RFC 7239. The others are not read,
    /// since a proxy passes on what a client made up in those that it does not write. Default <c>XForwarded</c>.
    /// </summary>
    public ForwardedKind Header { get; set; } = ForwardedKind.XForwarded;

    public bool AreNamed => Texts().Length > 0;

    public IEnumerable<IPNetwork> Networks() => Texts().Select(Parse).OfType<IPNetwork>();

    /// <summary>Those whose addresses must be looked up.</summary>
    public IEnumerable<string> Names() => Texts().Where(t => Parse(t) is null);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Names()
            .Where(t => Uri.CheckHostName(t) != UriHostNameType.Dns || !t.Any(char.IsLetter))
            .Select(t => new ValidationResult(
                $"'{t}' is neither an IP address nor a network such as 10.0.0.0/8 nor a host name.",
                [nameof(KnownProxies)]
            ));

    private string[] Texts() => KnownProxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}

public enum ForwardedKind
{
    XForwarded,
    Rfc7239,
}
