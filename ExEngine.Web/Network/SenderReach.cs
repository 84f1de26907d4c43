using System.Net;
using System.Net.Sockets;

namespace ExEngine.Web.Network;

/// <summary>Whether TradingView can send to an address: from the internet, over IPv4, to the ports 80 and 443 only.</summary>
public static class SenderReach
{
    private const string WhatToDo =
        "Set PublicUrl (or Webhooks:PublicUrl, where alerts come to another address) to the one that the internet reaches this server at.";

    private static readonly string[] LocalEndings =
    [
        ".localhost",
        ".local",
        ".internal",
        ".lan",
        ".home",
        ".home.arpa",
        ".test",
        ".invalid",
    ];
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
    ];

    /// <returns>What speaks against it, and what to do; null when nothing does.</returns>
    public static string? Problem(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            return $"“{url}” is no address. {WhatToDo}";
        }

        var host = uri.IdnHost.TrimEnd('.');
        var about =
            IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) ? OfAddress(address)
            : IsLocal(host) ? "is a name that only this machine or its network knows"
            : null;
        about ??= uri.Port is 80 or 443 ? null : $"has the port {uri.Port}, and TradingView sends to 80 and 443 only";
        return about is null ? null : $"TradingView cannot send to {uri.GetLeftPart(UriPartial.Authority)}: it {about}. {WhatToDo}";
    }

    /// <summary>Whether it is an address that a machine has for itself alone, such as <c>http://localhost:8080</c>.</summary>
    public static bool IsThisMachine(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.IsLoopback || uri.IdnHost.TrimEnd('.').EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));

    private static string? OfAddress(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6
            ? IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal
                ? "is an address of this machine or its network"
                : "is an IPv6 address, and TradingView has none"
            : Private.Any(n => n.Contains(address.MapToIPv4()))
                ? "is an address of this machine or its network"
                : null;

    private static bool IsLocal(string host) =>
        !host.Contains('.') || LocalEndings.Any(e => host.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
