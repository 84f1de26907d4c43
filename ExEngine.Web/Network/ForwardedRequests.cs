using Microsoft.Extensions.Options;

namespace ExEngine.Web.Network;

/// <summary>
/// Takes client, scheme and host of a request from what known proxies say: from the nearest one, and further along the chain as long as the
/// one that said it is known too. What an unknown one says is not read, however long the chain.
/// </summary>
public sealed class ForwardedRequests(RequestDelegate next, KnownProxies proxies, IOptions<ProxyOptions> options)
{
    private static readonly string[] Headers = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"];

    public Task InvokeAsync(HttpContext context)
    {
        if (proxies.Include(context.Connection.RemoteIpAddress))
        {
            foreach (var hop in ForwardedHop.Read(context.Request.Headers, options.Value.Header))
            {
                if (!Take(context, hop))
                {
                    break;
                }
            }
        }

        // Nobody reads what was not believed.
        foreach (var header in Headers)
        {
            context.Request.Headers.Remove(header);
        }

        return next(context);
    }

    /// <returns>Whether the one that it came from is believed too.</returns>
    private bool Take(HttpContext context, ForwardedHop hop)
    {
        var address = hop.Address();
        if (hop.For is not null && address is null)
        {
            return false;
        }

        var (connection, request) = (context.Connection, context.Request);
        if (address is not null)
        {
            (connection.RemoteIpAddress, connection.RemotePort) = (address, 0);
        }

        if (hop.Proto?.ToLowerInvariant() is "http" or "https")
        {
            request.Scheme = hop.Proto.ToLowerInvariant();
        }

        if (hop.Host is { Length: > 0 and < 300 } host && Uri.TryCreate($"http://{host}", UriKind.Absolute, out var uri) && IsPlain(uri))
        {
            request.Host = new HostString(host);
        }

        return proxies.Include(connection.RemoteIpAddress);
    }

    private static bool IsPlain(Uri uri) => uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" };
}
