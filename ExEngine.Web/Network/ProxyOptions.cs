using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ExEngine.Web.Network;

/// <summary>Section <c>ForwardedHeaders</c>: reverse proxies that may say who the client is.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    /// <summary>
    /// IP addresses and networks, such as <c>10.0.0.2, 172.16.0.0/12</c>. From these, <c>X-Forwarded-For</c>, <c>-Proto</c> and
    /// <c>-Host</c> are believed. Default: none.
    /// </summary>
    public string KnownProxies { get; set; } = "";

    public IEnumerable<IPNetwork> List() => Texts().Select(t => Parse(t)!.Value);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Texts()
            .Where(t => Parse(t) is null)
            .Select(t => new ValidationResult($"'{t}' is neither an IP address nor a network such as 10.0.0.0/8.", [nameof(KnownProxies)]));

    private string[] Texts() => KnownProxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
