namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>A backtest or a sweep that was asked for, and what came of it.</summary>
public sealed class BacktestJob
{
    public const int MaxName = 100;
    public const int MaxText = 400;
    public const int MaxDataKey = 200;

    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public JobKind Kind { get; set; }
    public required string Name { get; set; }

    /// <summary>Of the bot: <c>dca</c>, <c>grid</c>.</summary>
    public required string BotKind { get; set; }
    public required string Exchange { get; set; }
    public required string Symbol { get; set; }
    public JobState State { get; set; }

    /// <summary>0 to 100.</summary>
    public int Percent { get; set; }

    /// <summary>What it is at, in words.</summary>
    public string? Step { get; set; }

    /// <summary>JSON of what was asked for: it can be run again from this alone.</summary>
    public required string Ask { get; set; }

    /// <summary>JSON of a few figures for the list; null until it is done.</summary>
    public string? Summary { get; set; }

    /// <summary>JSON of the whole result, and of its fills; null until it is done.</summary>
    public string? Result { get; set; }
    public string? Fills { get; set; }

    /// <summary>Why it failed, for people.</summary>
    public string? Problem { get; set; }

    /// <summary>Source, exchange, symbol: what makes runs be on the same data.</summary>
    public required string DataKey { get; set; }

    /// <summary>How many settings it tries.</summary>
    public int Runs { get; set; } = 1;
    public DateTime CreatedAt { get; set; }
    public DateTime? EndedAt { get; set; }

    /// <summary>UTC: when its runner gave a sign last. One without a sign is interrupted.</summary>
    public DateTime BeatAt { get; set; }

    /// <summary>UTC: it was deleted. The row stays without contents, so that it goes on to count as tried.</summary>
    public DateTime? DeletedAt { get; set; }
}

public enum JobKind
{
    Backtest,
    Sweep,
}

public enum JobState
{
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,

    /// <summary>Its process ended before it did: it can be run again. It is never stored.</summary>
    Interrupted,
}
