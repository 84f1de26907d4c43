namespace ExEngine.Core.Webhooks;

/// <summary>What came through a webhook. A day is a UTC day.</summary>
public sealed record WebhookToday
{
    public required Guid WebhookId { get; init; }
    public int Accepted { get; init; }

    /// <summary>Signals that were refused, came too late or failed.</summary>
    public int Refused { get; init; }

    /// <summary>Requests without valid credentials, and such over the rate limit: turned away without a signal.</summary>
    public long TurnedAway { get; init; }

    /// <summary>Answered with the signal that came first; traded once.</summary>
    public long Duplicates { get; init; }
    public DateTime? LastReceivedAt { get; init; }
    public DateTime? LastRefusedAt { get; init; }
}
