using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.Redis;

/// <summary>Section <c>Redis</c>: how long this process waits for a Redis that <c>ConnectionStrings:Redis</c> names.</summary>
public sealed class RedisOptions
{
    /// <summary>How long one question may take before Redis counts as away. Default 250 ms; 10 ms to 5 s, inclusive.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(250);
}
