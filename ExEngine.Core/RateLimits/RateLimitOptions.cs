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

    /// <summary>The most permits of a window that a webhook may have of its own. 1 to 10,000. Default: 10,000.</summary>
    [Range(1, 10_000)]
    public int MaxPermits { get; set; } = 10_000;

    /// <summary>The most alerts a minute that these may come to. 1 to 600,000. Default: 600,000.</summary>
    [Range(1, 600_000)]
    public int MaxPermitsPerMinute { get; set; } = 600_000;

    /// <summary>What the operator leaves of a limit that a webhook states, or of the shipped one.</summary>
    /// <param name="window">Seconds.</param>
    public int Capped(int permits, int window) =>
        Math.Max(1, (int)Math.Min(Math.Min(permits, MaxPermits), (long)MaxPermitsPerMinute * window / 60));
}
