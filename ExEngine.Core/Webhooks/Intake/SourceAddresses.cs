using System.Net;
using System.Net.Sockets;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>The addresses and ranges that a webhook may be called from.</summary>
public static class SourceAddresses
{
    public const int Max = 100;

    /// <summary>Where TradingView sends from (its support page 43000529348). It has no IPv6.</summary>
    public static IReadOnlyList<string> TradingView { get; } = ["52.89.214.238", "34.212.75.30", "54.218.53.128", "52.32.178.7"];

    /// <summary>This machine itself.</summary>
    public static IReadOnlyList<string> ThisMachine { get; } = ["127.0.0.0/8", "::1"];

    /// <summary>What this machine looks like from inside a container on it.</summary>
    public static IReadOnlyList<string> HostOfContainer { get; } = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

    /// <summary>Who may call a webhook where nobody has chosen: TradingView from its own addresses, others from anywhere.</summary>
    /// <param name="alsoFrom">Where calls to an address that only this machine knows come from.</param>
    public static IReadOnlyList<string> Usual(WebhookSender sender, params IReadOnlyList<string> alsoFrom) =>
        sender == WebhookSender.TradingView ? [.. TradingView, .. alsoFrom] : [];

    /// <summary>Whether this machine itself is among them; an empty list admits everybody.</summary>
    public static bool AdmitThisMachine(IReadOnlyList<string> entries) =>
        entries.Count == 0 || entries.Any(e => Parse(e) is { } network && network.Contains(IPAddress.Loopback));

    /// <summary>Who an address stands for: itself, or for IPv6 its /64, since one subscriber has all of that.</summary>
    public static IPAddress Subscriber(IPAddress? address)
    {
        if (address is null or { AddressFamily: AddressFamily.InterNetwork } or { IsIPv4MappedToIPv6: true })
        {
            return address?.MapToIPv4() ?? IPAddress.None;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    /// <summary>One address is a range of one. Null for anything else, short forms such as <c>10.1</c> included.</summary>
    public static IPNetwork? Parse(string text)
    {
        text = text.Trim();
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        if (
            !IPAddress.TryParse(host, out var address)
            || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != host)
        )
        {
            return null;
        }

        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (slash < 0)
        {
            return new IPNetwork(address, bits);
        }

        return IPNetwork.TryParse(text, out var network) ? network : null;
    }

    /// <summary>An address alone when the range holds just one.</summary>
    public static string Text(IPNetwork network) =>
        network.PrefixLength == (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            ? network.BaseAddress.ToString()
            : network.ToString();

    /// <summary>The stored, comma-separated form.</summary>
    public static string Join(IEnumerable<string> entries) => string.Join(',', entries.Select(e => Text(Parse(e)!.Value)).Distinct());

    public static IReadOnlyList<string> Split(string stored) =>
        stored.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Of the stored form. What is no address throws: a webhook must not open wider because one cannot be read.</summary>
    public static IReadOnlyList<IPNetwork> Networks(string stored) =>
        [.. Split(stored).Select(entry => Parse(entry) ?? throw new FormatException($"The stored address \"{entry}\" cannot be read."))];
}
