using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.Exchanges.MarketData;

/// <summary>Section <c>Markets</c>: how long an exchange's rules are good for.</summary>
public sealed class MarketOptions
{
    /// <summary>Rules older than this are fetched again in the background. One minute to one week; default: one hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After a failed fetch, the next one is not before this. One second to one hour; default: one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMinutes(1);
}
