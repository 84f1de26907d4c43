using ExEngine.Core.Bots.Backtest;

namespace ExEngine.Core.Bots.Sweep;

/// <summary>What a sweep found. Percentages are of the start.</summary>
public sealed record SweepReport
{
    public required BacktestHonesty Honesty { get; init; }
    public required string Quote { get; init; }
    public required IReadOnlyList<SweepParameter> Parameters { get; init; }

    /// <summary>Settings that were played, and combinations that were no valid settings.</summary>
    public required int Tried { get; init; }
    public required int Invalid { get; init; }

    /// <summary>UTC: the test window begins.</summary>
    public DateTime? TestFrom { get; init; }

    /// <summary>The best on the train window; null when none kept the limits.</summary>
    public SweepRun? Best { get; init; }

    /// <summary>JSON of its settings: a bot or a backtest can be made from it.</summary>
    public string? BestSettings { get; init; }
    public required IReadOnlyList<SweepRun> Neighbours { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The best by the train window, best first.</summary>
    public required IReadOnlyList<SweepRun> Top { get; init; }
    public SweepMap? Map { get; init; }
    public MonteCarlo? MonteCarlo { get; init; }
}

/// <summary>One of the settings.</summary>
/// <param name="Point">By parameter the index of its value.</param>
/// <param name="Values">By parameter.</param>
/// <param name="TrainScore">By the objective; null when a limit is broken.</param>
public sealed record SweepRun(
    int[] Point,
    IReadOnlyList<decimal> Values,
    SweepWindow Train,
    SweepWindow Test,
    decimal? TrainScore,
    decimal? TestScore
);

/// <param name="MostFunds">In quote.</param>
public sealed record SweepWindow(decimal ProfitPercent, decimal MaxDrawdownPercent, decimal MostFunds, int Deals, int Fills);

/// <param name="X">Names of the settings; <paramref name="Xs"/> and <paramref name="Ys"/> are their values.</param>
public sealed record SweepMap(string X, string Y, IReadOnlyList<decimal> Xs, IReadOnlyList<decimal> Ys, IReadOnlyList<SweepCell> Cells);

/// <param name="X">Index of the value.</param>
/// <param name="Test">Mean percent of the test window; the train window's beside it.</param>
public sealed record SweepCell(int X, int Y, decimal Test, decimal Train);

/// <summary>What other orders of the same days would have given: at worst 5 %, in the middle, and at best 5 %.</summary>
/// <param name="Profit">Percent, days drawn in blocks with putting back.</param>
/// <param name="Drawdown">Percent, days shuffled: the same profit by other ways. The 95 is the deep one.</param>
public sealed record MonteCarlo(int Scenarios, int BlockDays, Quantiles Profit, Quantiles Drawdown);

public sealed record Quantiles(decimal P5, decimal P50, decimal P95);
