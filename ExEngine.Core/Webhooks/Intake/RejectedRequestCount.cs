namespace ExEngine.Core.Webhooks.Intake;

/// <summary>What a webhook turned away in one UTC day without keeping a Signal. Written in batches, not per request.</summary>
public sealed class RejectedRequestCount
{
    public Guid WebhookId { get; set; }
    public DateOnly Day { get; set; }
    public long Unauthenticated { get; set; }
    public long RateLimited { get; set; }

    /// <summary>Answered with the signal that came first.</summary>
    public long Duplicates { get; set; }
    public DateTime LastAt { get; set; }
}
