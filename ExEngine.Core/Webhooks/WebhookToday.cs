using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks;

/// <summary>What came through a webhook. A day is a UTC day.</summary>
public sealed record WebhookToday
{
    public required Guid WebhookId { get; init; }

    /// <summary>Signals of each outcome; every one is in exactly one of them.</summary>
    public int Checked { get; init; }
    public int Working { get; init; }
    public int Done { get; init; }
    public int RefusedOnly { get; init; }
    public int TooOld { get; init; }
    public int Failed { get; init; }

    /// <summary>The outcomes that there were.</summary>
    public IEnumerable<(SignalStatus Status, int Count)> Outcomes =>
        new[]
        {
            (SignalStatus.Accepted, Checked),
            (SignalStatus.Planned, Working),
            (SignalStatus.Done, Done),
            (SignalStatus.Refused, RefusedOnly),
            (SignalStatus.Stale, TooOld),
            (SignalStatus.Failed, Failed),
        }.Where(o => o.Item2 > 0);

    public int Signals => Accepted + Refused;

    public int Accepted => Checked + Working + Done;

    /// <summary>Signals that were refused, came too late or failed.</summary>
    public int Refused => RefusedOnly + TooOld + Failed;

    /// <summary>Requests without valid credentials, and such over the rate limit: turned away without a signal.</summary>
    public long TurnedAway { get; init; }

    /// <summary>Answered with the signal that came first; traded once.</summary>
    public long Duplicates { get; init; }
    public DateTime? LastReceivedAt { get; init; }
    public DateTime? LastRefusedAt { get; init; }
}
