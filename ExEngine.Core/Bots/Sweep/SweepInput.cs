using ExEngine.Core.Bots.Backtest.Jobs;

namespace ExEngine.Core.Bots.Sweep;

/// <summary>A sweep as it is asked for: a backtest, and which of its settings are tried.</summary>
public sealed record SweepInput
{
    /// <summary>What is played each time; its settings count where a parameter says nothing.</summary>
    public BacktestInput? Backtest { get; init; }
    public IReadOnlyList<SweepParameter> Parameters { get; init; } = [];
    public SweepMethod Method { get; init; }

    /// <summary>How many settings are drawn at random; a grid tries all.</summary>
    public int Runs { get; init; } = 100;

    /// <summary>Of what is drawn, and of the Monte Carlo: the same seed gives the same.</summary>
    public int Seed { get; init; } = 1;
    public SweepObjective Objective { get; init; }

    /// <summary>Percent of the start; settings that fall deeper are not chosen.</summary>
    public decimal? MaxDrawdownPercent { get; init; }

    /// <summary>In quote; settings that use more are not chosen.</summary>
    public decimal? MaxFunds { get; init; }

    /// <summary>Percent of the time that settings are chosen on; they are judged on the rest.</summary>
    public int TrainPercent { get; init; } = 70;
}

/// <summary>One number among the settings: from, to and step, or values one by one.</summary>
/// <param name="Path">Its name, parts of a group after a point: <c>takeProfit.percent</c>.</param>
public sealed record SweepParameter(
    string Path,
    decimal? From = null,
    decimal? To = null,
    decimal? Step = null,
    IReadOnlyList<decimal>? Values = null
);

public enum SweepMethod
{
    /// <summary>Every combination.</summary>
    Grid,

    /// <summary>Some of them, drawn by the seed.</summary>
    Random,
}

public enum SweepObjective
{
    /// <summary>Net profit divided by the deepest drawdown.</summary>
    ProfitToDrawdown,
    Profit,
}
