namespace ExEngine.Core.Bots.Running;

/// <summary>A bot of a user on one symbol of one account. It owns the position that its orders make.</summary>
public sealed class Bot
{
    public const int MaxName = 64;
    public const int MaxProblem = 512;

    /// <summary>Those of <see cref="IsActive"/>, for questions to the database.</summary>
    public static readonly IReadOnlyList<BotStatus> ActiveStatuses = [BotStatus.Running, BotStatus.Paused, BotStatus.Stopping];

    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public Guid AccountId { get; set; }
    public BotKind Kind { get; set; }
    public required string Name { get; set; }
    public required string NormalizedName { get; set; }

    /// <summary>As the market writes it: <c>BTC/USDT</c>.</summary>
    public required string Symbol { get; set; }

    /// <summary>JSON of the kind's settings.</summary>
    public required string Settings { get; set; }

    /// <summary>JSON of the kind's state, written in the transaction of each plan; null until the first.</summary>
    public string? State { get; set; }
    public BotStatus Status { get; set; }

    /// <summary>What a person has to answer, in words; null when nothing is.</summary>
    public string? Problem { get; set; }

    /// <summary>Requests wait to be told to the planner.</summary>
    public bool HasRequests { get; set; }

    /// <summary>Concurrency token: the loop and a person may change it at the same time.</summary>
    public int Version { get; set; }
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC of the first start.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>UTC of the last stop; null while it runs.</summary>
    public DateTime? StoppedAt { get; set; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>UTC; hidden from lists, its orders and books stay.</summary>
    public DateTime? ArchivedAt { get; set; }

    /// <summary>The account's loop looks after it.</summary>
    public bool IsActive => ActiveStatuses.Contains(Status);
}

public enum BotKind
{
    Dca,
    Grid,
    Recurring,
}

public enum BotStatus
{
    /// <summary>Made, and never started.</summary>
    Ready,
    Running,

    /// <summary>Fills are booked; nothing is placed and nothing is cancelled, stops of the bot included.</summary>
    Paused,

    /// <summary>It was asked to finish, to cancel or to close, and has orders or deals that are not over.</summary>
    Stopping,
    Stopped,
}
