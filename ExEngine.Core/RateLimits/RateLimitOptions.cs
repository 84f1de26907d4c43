using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.RateLimits;

/// <summary>Section <c>RateLimits</c>, the part that webhooks use when they set no limit of their own.</summary>
public sealed class RateLimitOptions
{
    public WebhookRateLimit Webhook { get; set; } = new();
}

/// <summary>Section <c>RateLimits:Webhook</c>.</summary>
public sealed class WebhookRateLimit
{
    /// <summary>Alerts that one webhook takes in any window. 1 to 10,000. Default: 2.</summary>
    [Range(1, 10_000)]
    public int Permits { get; set; } = 2;

    /// <summary>Length of the window. Seconds, 1 to 3,600. Default: 5.</summary>
    [Range(1, 3_600)]
    public int WindowSeconds { get; set; } = 5;
}
