using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Backtest;

/// <summary>What one path gave. Money in quote.</summary>
public sealed record BacktestOutcome
{
    public required CandlePath Path { get; init; }
    public required decimal StartEquity { get; init; }

    /// <summary>At the last close; what is still open is valued there, less the fee of leaving.</summary>
    public required decimal Equity { get; init; }

    /// <summary>In quote and base at the end.</summary>
    public required decimal Cash { get; init; }
    public required decimal Coins { get; init; }

    /// <summary>What holding from the first open would have earned.</summary>
    public required decimal Hold { get; init; }

    /// <summary>Deepest fall of the equity from a peak, by closes.</summary>
    public required decimal MaxDrawdown { get; init; }

    /// <summary>The most that was not in quote at one time.</summary>
    public required decimal MostFunds { get; init; }
    public required decimal Fees { get; init; }
    public required BacktestDeals Deals { get; init; }
    public required IReadOnlyList<BacktestFill> Fills { get; init; }

    /// <summary>Once every <see cref="BacktestSettings.CurveStep"/>, UTC.</summary>
    public required IReadOnlyList<BacktestPoint> Curve { get; init; }
    public required IReadOnlyList<BacktestNote> Notes { get; init; }

    /// <summary>The planner's state at the end, as it is stored.</summary>
    public required string State { get; init; }

    public decimal Profit => Equity - StartEquity;

    /// <summary>Only what is over: what is still open is left out, which hides a loss that is not taken yet.</summary>
    public decimal ClosedProfit => Deals.Realized;
}

/// <param name="At">UTC.</param>
/// <param name="Leg">The order.</param>
/// <param name="Fee">In quote.</param>
public sealed record BacktestFill(DateTime At, string Leg, OrderSide Side, decimal Price, decimal Quantity, decimal Fee);

/// <param name="At">UTC.</param>
/// <param name="Equity">In quote.</param>
/// <param name="Price">Quote per base.</param>
public sealed record BacktestPoint(DateTime At, decimal Equity, decimal Price);

/// <param name="At">UTC.</param>
public sealed record BacktestNote(DateTime At, BotNote Kind, string Text);
