namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>A result as it is stored and shown. Money in quote, shares in percent of the start.</summary>
public sealed record BacktestReport
{
    public required BacktestHonesty Honesty { get; init; }
    public required string Quote { get; init; }
    public required string Base { get; init; }
    public required CandlePath Path { get; init; }
    public required decimal StartEquity { get; init; }
    public required decimal Equity { get; init; }
    public required decimal Profit { get; init; }
    public required decimal ProfitPercent { get; init; }

    /// <summary>Only what is over: an open bag is not in it.</summary>
    public required decimal ClosedProfit { get; init; }

    /// <summary>What is still open, at the last close and after the fee of leaving.</summary>
    public required decimal OpenProfit { get; init; }

    /// <summary>In base, at the end.</summary>
    public required decimal Coins { get; init; }

    /// <summary>What holding from the first open would have earned.</summary>
    public required decimal Hold { get; init; }
    public required decimal HoldPercent { get; init; }
    public required decimal MaxDrawdown { get; init; }
    public required decimal MaxDrawdownPercent { get; init; }
    public required decimal MostFunds { get; init; }
    public required decimal Fees { get; init; }
    public required BacktestDeals Deals { get; init; }

    /// <summary>Seconds that deals took on the average and at the longest; null without one that is over, and for grids.</summary>
    public long? AverageDealSeconds { get; init; }
    public long? LongestDealSeconds { get; init; }

    /// <summary>The path that is not reported, where two were run.</summary>
    public BacktestOtherPath? Other { get; init; }
    public required IReadOnlyList<BacktestPoint> Curve { get; init; }
    public required IReadOnlyList<BacktestMonth> Months { get; init; }

    /// <summary>Prices for the chart, in larger candles where there are many.</summary>
    public required BacktestChart Chart { get; init; }
    public required int FillCount { get; init; }
    public required IReadOnlyList<BacktestNote> Notes { get; init; }

    /// <summary>Journal lines that are not kept here.</summary>
    public required int NotesLeftOut { get; init; }
}

public sealed record BacktestOtherPath(CandlePath Path, decimal Equity, decimal Profit, decimal MaxDrawdown, int FillCount);

/// <param name="Month">Its first day, UTC.</param>
/// <param name="Profit">In quote.</param>
/// <param name="Percent">Of the equity at its begin.</param>
public sealed record BacktestMonth(DateOnly Month, decimal Profit, decimal Percent);

/// <param name="IntervalSeconds">Of each candle.</param>
public sealed record BacktestChart(long IntervalSeconds, IReadOnlyList<Exchanges.MarketData.Candle> Candles);

/// <summary>For lists. Money in quote.</summary>
/// <param name="First">UTC.</param>
public sealed record BacktestSummary(
    decimal Profit,
    decimal ProfitPercent,
    decimal HoldPercent,
    decimal MaxDrawdownPercent,
    int Deals,
    string Quote,
    DateTime? First,
    DateTime? Last,
    string Candle,
    int EarlierRuns
);
