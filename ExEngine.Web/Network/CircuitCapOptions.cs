using System.ComponentModel.DataAnnotations;

namespace ExEngine.Web.Network;

/// <summary>Section <c>Circuits</c>: how many pages may be open at once, each of which keeps a connection and memory here.</summary>
public sealed class CircuitCapOptions
{
    /// <summary>Pages that one user may have open on one instance. Default 50; 1 to 10,000, inclusive.</summary>
    [Range(1, 10_000)]
    public int PerUser { get; set; } = 50;

    /// <summary>Pages that one IP address (one /64 for IPv6) may have open on one instance. Default 200; 1 to 100,000, inclusive.</summary>
    [Range(1, 100_000)]
    public int PerAddress { get; set; } = 200;
}
