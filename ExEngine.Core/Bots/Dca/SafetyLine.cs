namespace ExEngine.Core.Bots.Dca;

/// <summary>A safety order's place in a deal, and what became of it.</summary>
public sealed record SafetyLine
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }
    public LineStatus Status { get; init; }

    /// <summary>In base, before fees.</summary>
    public decimal Filled { get; init; }

    /// <summary>In quote: what it needed and what was free, when it waits for funds.</summary>
    public decimal? Asked { get; init; }
    public decimal? Free { get; init; }

    /// <summary>The price went past it while it waited.</summary>
    public bool Passed { get; init; }

    /// <summary>UTC: not tried again before.</summary>
    public DateTime? RetryAt { get; init; }

    /// <summary>UTC: when it was put back last after the user had cancelled it.</summary>
    public DateTime? PutBackAt { get; init; }

    /// <summary>How often the exchange refused or ended it, one after the other.</summary>
    public int Failures { get; init; }
    public string? Problem { get; init; }
}

public enum LineStatus
{
    /// <summary>Not at the exchange yet.</summary>
    Planned,
    Resting,
    WaitingFunds,
    Done,
    Skipped,

    /// <summary>Cancelled by the user at the exchange; waits for an answer, or stays out.</summary>
    CancelledByYou,
    NeedsYou,
}
