namespace ExEngine.Core.Bots.Backtest;

/// <summary>What a result must say about itself to be believed; it is on every result and in every file.</summary>
public sealed record BacktestHonesty
{
    /// <summary>Where the candles are from: an exchange, a file, the simulated feed.</summary>
    public required string Source { get; init; }
    public required string Exchange { get; init; }
    public required string Symbol { get; init; }
    public required TimeSpan Candle { get; init; }

    /// <summary>UTC, begins of the first and the last candle.</summary>
    public required DateTime? First { get; init; }
    public required DateTime? Last { get; init; }
    public required int Count { get; init; }

    /// <summary>Intervals without a candle, and the longest row of them. They are not filled: the price jumps.</summary>
    public required long Gaps { get; init; }
    public required long LongestGap { get; init; }
    public required FeeRates Fees { get; init; }
    public required string FeeSource { get; init; }

    /// <summary>Percent that market orders trade worse.</summary>
    public required decimal Slippage { get; init; }
    public required decimal VolumeShare { get; init; }
    public required bool FillsThrough { get; init; }

    /// <summary>As asked for; with the pessimistic one both were run and the worse is shown.</summary>
    public required CandlePath Path { get; init; }
    public required decimal StartQuote { get; init; }
    public required decimal StartBase { get; init; }
    public required string Version { get; init; }

    /// <summary>How many results on this data there were before this one.</summary>
    public required int EarlierRuns { get; init; }

    /// <summary>In words.</summary>
    public IReadOnlyList<string> Remarks { get; init; } =
    [
        "The market's rules are those of today, also on old candles.",
        "Funding is not included.",
        "Drawdown is measured at the closes of candles.",
        "No random numbers are used: the same candles and settings give the same result.",
        "The guard against pumps is not applied: one candle does not tell how fast its minute was.",
    ];
}
