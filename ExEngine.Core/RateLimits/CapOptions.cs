using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.RateLimits;

/// <summary>Section <c>Caps</c>: how much one user may have of what costs the server. 0 means no cap.</summary>
public sealed class CapOptions
{
    /// <summary>Webhooks that one user may have. Default 200; 0 to 1,000,000, inclusive.</summary>
    [Range(0, 1_000_000)]
    public int WebhooksPerUser { get; set; } = 200;

    /// <summary>Exchange accounts that one user may have, paper accounts too. Default 100; 0 to 1,000,000, inclusive.</summary>
    [Range(0, 1_000_000)]
    public int AccountsPerUser { get; set; } = 100;

    /// <summary>Bots that one user may have, archived ones apart. Default 500; 0 to 1,000,000, inclusive.</summary>
    [Range(0, 1_000_000)]
    public int BotsPerUser { get; set; } = 500;

    /// <summary>Alerts of one user, over all webhooks, in a UTC day. Default 100,000; 0 to 1,000,000,000, inclusive.</summary>
    [Range(0, 1_000_000_000)]
    public int AlertsPerUserPerDay { get; set; } = 100_000;

    /// <summary>Bytes of their bodies, decompressed, in a UTC day. Default 1 GiB; 0 to 1 PB, inclusive.</summary>
    [Range(0L, 1_000_000_000_000_000L)]
    public long AlertBytesPerUserPerDay { get; set; } = 1L << 30;
}
