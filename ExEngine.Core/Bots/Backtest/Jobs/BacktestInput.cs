using System.Text.Json;

namespace ExEngine.Core.Bots.Backtest.Jobs;

/// <summary>A backtest as it is asked for, over REST and by the page.</summary>
public sealed record BacktestInput
{
    public string? Name { get; init; }

    /// <summary><c>dca</c>, <c>grid</c> or <c>recurring</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Whose market rules and fees count.</summary>
    public Guid? AccountId { get; init; }
    public string? Symbol { get; init; }

    /// <summary>With the names of the kind.</summary>
    public JsonElement? Settings { get; init; }
    public BacktestData? Data { get; init; }

    /// <summary>In quote; left out: the investment of a grid, and what a DCA bot takes at worst.</summary>
    public decimal? StartQuote { get; init; }
    public decimal StartBase { get; init; }
    public CandlePath Path { get; init; } = CandlePath.Pessimistic;
    public bool FillsThrough { get; init; } = true;

    /// <summary>Percent.</summary>
    public decimal Slippage { get; init; } = 0.05m;

    /// <summary>Percent of a candle's volume; 0 for no bound.</summary>
    public decimal VolumeShare { get; init; } = 10;

    /// <summary>As fractions; left out, those of the account.</summary>
    public BacktestFees? Fees { get; init; }
}

/// <summary>The candles of a backtest.</summary>
public sealed record BacktestData
{
    public CandleSource Source { get; init; }

    /// <summary>1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h or 1d; a CSV says it itself.</summary>
    public string Interval { get; init; } = "1m";

    /// <summary>UTC; left out, 30 days before the end.</summary>
    public DateTime? From { get; init; }

    /// <summary>UTC, exclusive; left out, now.</summary>
    public DateTime? To { get; init; }

    /// <summary>Of a CSV that was brought.</summary>
    public Guid? Upload { get; init; }

    /// <summary>Of simulated prices; left out, that of this installation.</summary>
    public int? Seed { get; init; }
}

public enum CandleSource
{
    /// <summary>The account's exchange; of the built-in one its simulated prices.</summary>
    Exchange,
    Csv,
    Simulated,
}

/// <param name="Maker">As a fraction, as <paramref name="Taker"/>: 0.001 is 0.1 %.</param>
public sealed record BacktestFees(decimal Maker, decimal Taker, FeeCoin Coin)
{
    public FeeRates Rates => new(Maker, Taker, Maker, Taker, Coin);
}
