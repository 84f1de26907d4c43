using System.ComponentModel.DataAnnotations;

namespace ExEngine.Web.Users;

/// <summary>Section <c>RateLimits:Auth</c>: how often signing in and registering may be tried.</summary>
public sealed class AuthRateLimitOptions
{
    /// <summary>Attempts from one IP address (one /64 network for IPv6) per window, 1 to 10,000. Default: 30.</summary>
    [Range(1, 10_000)]
    public int PermitsPerIp { get; set; } = 30;

    /// <summary>Attempts for one e-mail address per window, 1 to 10,000. Default: 10.</summary>
    [Range(1, 10_000)]
    public int PermitsPerAccount { get; set; } = 10;

    /// <summary>Length of the window, 1 to 3600 seconds. Default: 60.</summary>
    [Range(1, 3600)]
    public int WindowSeconds { get; set; } = 60;
}
