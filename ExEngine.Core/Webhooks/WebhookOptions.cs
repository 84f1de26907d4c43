using System.ComponentModel.DataAnnotations;

namespace ExEngine.Core.Webhooks;

/// <summary>Section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>Oldest alert that is still acted on when the payload states its time. Seconds, 1 to 86,400. Default: 300.</summary>
    [Range(1, 86_400)]
    public int MaxLagSeconds { get; set; } = 300;

    /// <summary>How long identical bodies without an id count as one. Seconds, 1 to 3,600. Default: 30.</summary>
    [Range(1, 3_600)]
    public int DedupeWindowSeconds { get; set; } = 30;

    /// <summary>How far a signed timestamp may be from our clock, either way. Seconds, 1 to 3,600. Default: 300.</summary>
    [Range(1, 3_600)]
    public int TimestampToleranceSeconds { get; set; } = 300;

    /// <summary>Longest wait for the commit before the sender is asked to come again. Milliseconds, 100 to 30,000. Default: 2500.</summary>
    [Range(100, 30_000)]
    public int CommitTimeoutMilliseconds { get; set; } = 2_500;

    /// <summary>Signals that may wait for the writer; beyond it the answer is 503 at once. 1 to 1,000,000. Default: 10000.</summary>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 10_000;

    /// <summary>
    /// Failed authentications of one IP at one webhook, within a minute, that lock it out there. 1 to 10,000. Default: 10.
    /// </summary>
    [Range(1, 10_000)]
    public int LockoutFailures { get; set; } = 10;

    /// <summary>How long such an IP stays locked out of that webhook. Seconds, 1 to 86,400. Default: 300.</summary>
    [Range(1, 86_400)]
    public int LockoutSeconds { get; set; } = 300;

    /// <summary>
    /// Longest time for a change made on another instance to reach this one when no Redis carries the news.
    /// Seconds, 1 to 300. Default: 5.
    /// </summary>
    [Range(1, 300)]
    public int CacheSeconds { get; set; } = 5;

    /// <summary>
    /// What senders write before <c>/hooks/…</c>, such as <c>https://alerts.example.com</c>. Default: <c>PublicUrl</c>, else the address in
    /// the browser.
    /// </summary>
    [Url]
    public string? PublicUrl { get; set; }

    /// <summary>Where this server reaches itself for a test alert. Default: the first address that it listens on.</summary>
    [Url]
    public string? LoopbackUrl { get; set; }

    /// <summary>How long the former URL and secret stay valid after a rotation, in hours, 0 to 720. Default: 24.</summary>
    [Range(0, 720)]
    public int RotationHours { get; set; } = 24;
}
