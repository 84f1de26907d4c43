using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;

namespace ExEngine.Web.Network;

/// <summary>What one proxy says about the request that came to it; what it does not say is null.</summary>
public sealed record ForwardedHop(string? For, string? Proto, string? Host)
{
    // A header of more than a few is no chain of proxies.
    private const int Max = 32;

    /// <summary>The nearest proxy first.</summary>
    public static IReadOnlyList<ForwardedHop> Read(IHeaderDictionary headers, ForwardedKind kind) =>
        kind == ForwardedKind.Rfc7239 ? Rfc7239(headers["Forwarded"]) : XForwarded(headers);

    /// <summary>The address of <see cref="For"/>, without its port; null for <c>unknown</c>, hidden names and nonsense.</summary>
    public IPAddress? Address()
    {
        var text = For?.Trim() ?? "";
        return IPAddress.TryParse(text, out var plain) && (plain.AddressFamily == AddressFamily.InterNetworkV6 || plain.ToString() == text)
                ? plain
            : IPEndPoint.TryParse(text, out var withPort) && text.Contains(':') ? withPort.Address
            : null;
    }

    // Lists are as long as the proxies that write each: they are laid side by side from the nearest one on.
    private static List<ForwardedHop> XForwarded(IHeaderDictionary headers)
    {
        var (addresses, protos, hosts) = (List("X-Forwarded-For"), List("X-Forwarded-Proto"), List("X-Forwarded-Host"));
        var hops = Math.Min(Max, Math.Max(addresses.Length, Math.Max(protos.Length, hosts.Length)));
        return [.. Enumerable.Range(1, hops).Select(i => new ForwardedHop(FromEnd(addresses, i), FromEnd(protos, i), FromEnd(hosts, i)))];

        string[] List(string name) => [.. Parts(headers[name].ToString(), ',')];

        static string? FromEnd(string[] list, int i) => i <= list.Length ? list[^i] : null;
    }

    private static List<ForwardedHop> Rfc7239(StringValues header)
    {
        var hops = new List<ForwardedHop>();
        foreach (var element in Parts(header.ToString(), ',').Reverse().Take(Max))
        {
            var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var pair in Parts(element, ';').Select(p => p.Split('=', 2)).Where(p => p.Length == 2))
            {
                pairs.TryAdd(pair[0].Trim(), Unquoted(pair[1].Trim()));
            }

            hops.Add(new(pairs.GetValueOrDefault("for"), pairs.GetValueOrDefault("proto"), pairs.GetValueOrDefault("host")));
        }

        return hops;
    }

    // What is in quotes belongs together.
    private static IEnumerable<string> Parts(string text, char separator)
    {
        if (text.Length == 0)
        {
            yield break;
        }

        var (start, quoted) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (i == text.Length || (text[i] == separator && !quoted))
            {
                if (i > start || separator == ',')
                {
                    yield return text[start..i].Trim();
                }

                start = i + 1;
            }
        }
    }

    private static string Unquoted(string text) => text is ['"', .., '"'] ? text[1..^1].Replace("\\", "", StringComparison.Ordinal) : text;
}
