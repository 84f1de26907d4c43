namespace ExEngine.Core.Webhooks.Intake;

/// <summary>
/// How often a webhook refused senders for one reason in one UTC day: what its owner sees of those who leave no signal. Written in batches.
/// </summary>
public sealed class AuthFailureCount
{
    public Guid WebhookId { get; set; }
    public DateOnly Day { get; set; }
    public AuthFailure Failure { get; set; }
    public long Count { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Since { get; set; }

    /// <summary>UTC.</summary>
    public DateTime LastAt { get; set; }

    /// <summary>The address that the last one came from; empty when it is not known.</summary>
    public string LastFrom { get; set; } = "";
}
