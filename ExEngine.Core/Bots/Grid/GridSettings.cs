using ExEngine.Core.Bots.Dca;

namespace ExEngine.Core.Bots.Grid;

/// <summary>What a grid bot is to do. Prices in quote per base, percentages in percent.</summary>
public sealed record GridSettings
{
    public BotDirection Direction { get; init; }

    /// <summary>The lowest and the highest line.</summary>
    public decimal Lower { get; init; }
    public decimal Upper { get; init; }

    /// <summary>How many intervals: one line less than there are lines.</summary>
    public int Grids { get; init; }
    public GridSpacing Spacing { get; init; }

    /// <summary>In quote: what the bot may spend, fees included.</summary>
    public decimal Investment { get; init; }

    /// <summary>In base, of each line; null: as much as the investment allows.</summary>
    public decimal? QuantityPerGrid { get; init; }

    /// <summary>Percent of the investment kept for slippage when the quantity is found.</summary>
    public decimal Reserve { get; init; } = 1;

    /// <summary>In base: coins of the user that are used instead of buying them.</summary>
    public decimal UseOwnBase { get; init; }

    /// <summary>The bot waits until the price gets there, from either side.</summary>
    public decimal? TriggerPrice { get; init; }
    public decimal? TakeProfitPrice { get; init; }
    public decimal? StopLossPrice { get; init; }
    public GridExit ExitAction { get; init; } = GridExit.SellBase;

    /// <summary>The range follows the price in the direction of profit.</summary>
    public bool TrailingUp { get; init; }

    /// <summary>No line beyond it.</summary>
    public decimal? TrailingUpLimit { get; init; }

    /// <summary>The range follows the price against the direction; it takes fresh quote and keeps the coins.</summary>
    public bool TrailingDown { get; init; }
    public decimal? TrailingDownLimit { get; init; }
    public TrailFunds TrailFunds { get; init; }

    /// <summary>No step of the range while the last minute moved more than so many intervals.</summary>
    public decimal PumpGuard { get; init; } = 3;

    /// <summary>Take-profit and stop prices move with the range.</summary>
    public bool MoveStops { get; init; }

    /// <summary>So many orders a side are at the exchange; others are planned only. Null: all of them.</summary>
    public int? MaxActiveLines { get; init; }
    public ProfitCurrency ProfitCurrency { get; init; }

    /// <summary>Percent of the grid profit that makes later orders larger.</summary>
    public decimal Reinvest { get; init; }
    public CancelledLine RestoreCancelled { get; init; } = CancelledLine.PutBack;
}

public enum GridSpacing
{
    /// <summary>The same amount between any two lines.</summary>
    Arithmetic,

    /// <summary>The same ratio.</summary>
    Geometric,
}

/// <summary>What becomes of the coins at the take-profit or stop price.</summary>
public enum GridExit
{
    SellBase,
    KeepBase,
}

/// <summary>How a step of the range is paid: it takes more quote than the line that is cancelled frees.</summary>
public enum TrailFunds
{
    /// <summary>From what the bot has earned.</summary>
    Profit,

    /// <summary>From what is free on the account: the investment grows.</summary>
    Balance,

    /// <summary>With what is freed: the new line is smaller.</summary>
    Shrink,
}

public enum ProfitCurrency
{
    Quote,

    /// <summary>A sell is only as large as pays for the next buy; what is left of the coins is the profit.</summary>
    Base,
}
