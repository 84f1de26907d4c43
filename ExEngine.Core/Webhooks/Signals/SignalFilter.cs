namespace ExEngine.Core.Webhooks.Signals;

/// <summary>Which of a user's signals are meant. What is null does not narrow.</summary>
public sealed record SignalFilter
{
    public Guid? WebhookId { get; init; }
    public SignalStatus? Status { get; init; }

    /// <summary>Without regard to case: with a slash the whole symbol (<c>BTC/USDT</c>), without one its beginning (<c>btc</c>).</summary>
    public string? Symbol { get; init; }

    /// <summary>First instant of reception, UTC, inclusive.</summary>
    public DateTime? From { get; init; }

    /// <summary>End of reception, UTC, exclusive.</summary>
    public DateTime? To { get; init; }

    public bool IsEmpty => this == new SignalFilter();
}
