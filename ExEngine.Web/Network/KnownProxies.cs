using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Network;

/// <summary>The addresses of a host name. Throws <see cref="SocketException"/> when it has none.</summary>
public delegate Task<IPAddress[]> HostLookup(string name, CancellationToken cancellationToken);

/// <summary>
/// Whether an address is one of <see cref="ProxyOptions.KnownProxies"/>. Host names are looked up before the server listens, and again
/// every half minute: a proxy in a container gets another address when it restarts. One that is not found keeps the addresses that it had.
/// </summary>
public sealed class KnownProxies(IOptions<ProxyOptions> options, HostLookup lookup, TimeProvider time, ILogger<KnownProxies> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly IPNetwork[] _networks = [.. options.Value.Networks()];
    private readonly Dictionary<string, IPAddress[]> _found = [];
    private volatile HashSet<IPAddress> _addresses = [];

    public bool Include(IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        var plain = Plain(address);
        return _addresses.Contains(plain) || _networks.Any(n => n.Contains(plain) || n.Contains(address));
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookUpAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks every name up once more.</summary>
    public async Task LookUpAsync(CancellationToken cancellationToken)
    {
        foreach (var name in options.Value.Names())
        {
            try
            {
                var addresses = await lookup(name, cancellationToken).WaitAsync(Timeout, time, cancellationToken);
                if (!_found.TryGetValue(name, out var former) || !former.SequenceEqual(addresses))
                {
                    logger.LogInformation("The proxy {Name} is at {Addresses}", name, addresses.Select(a => a.ToString()));
                }

                _found[name] = addresses;
            }
            catch (Exception e) when (e is SocketException or TimeoutException or ArgumentException)
            {
                logger.LogWarning(
                    "The proxy {Name} of ForwardedHeaders:KnownProxies is not found ({Reason}); until it is, only addresses that were found "
                        + "before are believed",
                    name,
                    e.Message
                );
            }
        }

        _addresses = [.. _found.Values.SelectMany(a => a).Select(Plain)];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Names().Any())
        {
            return;
        }

        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await LookUpAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
