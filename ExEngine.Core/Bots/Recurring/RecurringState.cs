using ExEngine.Core.Bots.Dca;

namespace ExEngine.Core.Bots.Recurring;

/// <summary>All that recurring buys remember, stored as JSON in the transaction of each fill and plan.</summary>
public sealed record RecurringState
{
    /// <summary>Of this shape.</summary>
    public int Version { get; init; } = 1;
    public BotMode Mode { get; init; }
    public int LastGeneration { get; init; }

    /// <summary>UTC: each due time is used once.</summary>
    public DateTime? NextAt { get; init; }

    /// <summary>UTC: a buy that waits for funds or for the exchange is tried then.</summary>
    public DateTime? RetryAt { get; init; }
    public int Buys { get; init; }
    public BotBook Book { get; init; } = BotBook.Empty;

    /// <summary>In quote, before fees: spent in a calendar month of the zone (202611).</summary>
    public int Month { get; init; }
    public decimal MonthSpent { get; init; }
    public IReadOnlyList<BotOrder> Orders { get; init; } = [];
    public IReadOnlyList<string> Trades { get; init; } = [];

    /// <summary>Why the last time was left out or waits, told once.</summary>
    public string? Problem { get; init; }
}
