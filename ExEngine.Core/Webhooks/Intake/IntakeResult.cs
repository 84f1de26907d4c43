using ExEngine.Core.Markets;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>What the sender is told. Every kind but the last five stands for one stored signal.</summary>
public sealed record IntakeResult(IntakeOutcome Outcome)
{
    public static IntakeResult Unauthenticated { get; } = new(IntakeOutcome.Unauthenticated);
    public static IntakeResult OwnerDisabled { get; } = new(IntakeOutcome.OwnerDisabled);
    public static IntakeResult Unavailable { get; } = new(IntakeOutcome.Unavailable) { RetryAfter = TimeSpan.FromSeconds(5) };

    public Guid SignalId { get; init; }
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
    public OrderRefusal? Refusal { get; init; }
    public TimeSpan RetryAfter { get; init; }
    public DailyCapReached? Cap { get; init; }
}

public enum IntakeOutcome
{
    Accepted,
    Duplicate,
    Stale,

    /// <summary>Stored as refused: the payload was not understood.</summary>
    Unreadable,

    /// <summary>Stored as refused: a number breaks a market rule.</summary>
    Refused,
    Unauthenticated,

    /// <summary>The sender is who it says, and the webhook's owner is disabled. Nothing is stored.</summary>
    OwnerDisabled,
    RateLimited,

    /// <summary>Rate limited at a webhook whose sender comes again after 503 but not after 429.</summary>
    RateLimitedComeAgain,

    /// <summary>The alerts of the webhook's user have reached a cap of the day; coming again today is no use.</summary>
    DailyCap,
    Unavailable,
}
