using System.Text.Json.Serialization;
using ExEngine.Core.Bots.Dca;

namespace ExEngine.Core.Bots.Grid;

/// <summary>All that a grid bot remembers, stored as JSON in the transaction of each fill and plan.</summary>
public sealed record GridState
{
    /// <summary>Of this shape.</summary>
    public int Version { get; init; } = 1;
    public BotMode Mode { get; init; }
    public GridPhase Phase { get; init; }
    public int LastGeneration { get; init; }

    /// <summary>Quote per base: the first price seen while a trigger was waited for; it tells from which side it is crossed.</summary>
    public decimal? TriggerFrom { get; init; }

    /// <summary>Quote per base: the price of the start.</summary>
    public decimal? StartPrice { get; init; }

    /// <summary>The line that was left empty at the start.</summary>
    public int StartLine { get; init; }

    /// <summary>In base, of each line as sized at the start; reinvesting and added funds change later rounds only.</summary>
    public decimal Quantity { get; init; }

    /// <summary>In base: what the start asks for at market.</summary>
    public decimal InitialAsked { get; init; }

    /// <summary>In quote: investment and what was added, less what was withdrawn; coins of the user apart.</summary>
    public decimal Invested { get; init; }

    /// <summary>In quote: what the user's own coins were worth at the start.</summary>
    public decimal OwnBaseCost { get; init; }

    /// <summary>From the lowest.</summary>
    public IReadOnlyList<GridCell> Cells { get; init; } = [];
    public int LastCell { get; init; }

    /// <summary>Quote per base, raw: the outer lines before the tick, for the next step of the range.</summary>
    public decimal RawLower { get; init; }
    public decimal RawUpper { get; init; }

    /// <summary>
    /// Between two lines, raw: an amount of quote, or a ratio when that is above 0. An edit of the settings changes neither.
    /// </summary>
    public decimal Width { get; init; }
    public decimal Ratio { get; init; }

    /// <summary>The lines of the settings are to replace those of the grid.</summary>
    public bool Editing { get; init; }
    public IReadOnlyList<BotOrder> Orders { get; init; } = [];
    public IReadOnlyList<string> Trades { get; init; } = [];

    /// <summary>All of the bot's fills.</summary>
    public BotBook Book { get; init; } = BotBook.Empty;

    /// <summary>In base and quote: coins too few for a step, kept for the next exits.</summary>
    public decimal Carry { get; init; }
    public decimal CarryCost { get; init; }

    /// <summary>In base and quote: coins that are profit, or that a step of the range left.</summary>
    public decimal Kept { get; init; }
    public decimal KeptCost { get; init; }

    /// <summary>In quote: of matched pairs, fees in it.</summary>
    public decimal GridProfit { get; init; }
    public int Pairs { get; init; }

    /// <summary>In quote: what was earned or lost at market, when the grid was closed or its range edited.</summary>
    public decimal ClosedProfit { get; init; }

    /// <summary>The cell that a step of the range takes off, while its cancel is under way.</summary>
    public int? Leaving { get; init; }

    /// <summary>How far take-profit and stop prices have moved along, quote per base.</summary>
    public decimal Moved { get; init; }

    /// <summary>Where the price is against the range, and since when (UTC).</summary>
    public RangeSide Range { get; init; }
    public DateTime? RangeSince { get; init; }
    public GridEnd? Closing { get; init; }

    /// <summary>Why it does not go on, told once.</summary>
    public string? Problem { get; init; }
    public DateTime? RetryAt { get; init; }

    /// <summary>In quote: the bot's own money that is not in coins; its orders promise parts of it.</summary>
    [JsonIgnore]
    public decimal Cash => Invested + Book.Money;

    /// <summary>Quote per base, on the tick.</summary>
    [JsonIgnore]
    public decimal Lower => Cells[0].Lower;

    [JsonIgnore]
    public decimal Upper => Cells[^1].Upper;
}

public enum GridPhase
{
    WaitingTrigger,

    /// <summary>The coins for the exits are being bought.</summary>
    Initial,
    Running,
    Closing,
    Over,
}

public enum RangeSide
{
    Inside,
    Above,
    Below,
}

/// <summary>Why a grid closes.</summary>
public enum GridEnd
{
    TakeProfit,
    Stop,
    Asked,

    /// <summary>Orders off, coins kept.</summary>
    Kept,
}
