using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Backtest;

/// <summary>How the past is played.</summary>
public sealed record BacktestSettings
{
    public required Market Market { get; init; }
    public required FeeRates Fees { get; init; }

    /// <summary>In words: where the fees are from.</summary>
    public string FeeSource { get; init; } = "stated";

    /// <summary>In quote: what the account has at the begin.</summary>
    public required decimal StartQuote { get; init; }

    /// <summary>In base: what it has besides.</summary>
    public decimal StartBase { get; init; }
    public CandlePath Path { get; init; } = CandlePath.Pessimistic;

    /// <summary>A limit order is filled when the price goes through it by a tick; false: when it touches it.</summary>
    public bool FillsThrough { get; init; } = true;

    /// <summary>Percent by which market orders trade worse than the price of the moment.</summary>
    public decimal Slippage { get; init; } = 0.05m;

    /// <summary>Percent of a candle's volume that the bot's orders may take; where the volume is 0 there is no bound.</summary>
    public decimal VolumeShare { get; init; } = 10;

    /// <summary>
    /// Closes of the candles that start conditions are on, by their size, from before the first candle on. Of a size that is missing here
    /// they are made of the candles that are played, which tell nothing of the time before.
    /// </summary>
    public IReadOnlyDictionary<TimeSpan, CandleCloses> Closes { get; init; } = new Dictionary<TimeSpan, CandleCloses>();

    /// <summary>Between two points of the equity curve.</summary>
    public TimeSpan CurveStep { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Candles in which nothing can happen are passed over. Off only to prove that it makes no difference.</summary>
    public bool Skips { get; init; } = true;
}

/// <summary>In which order a candle's four prices came.</summary>
public enum CandlePath
{
    /// <summary>Both of the next two are run, and the one with less equity is reported.</summary>
    Pessimistic,
    OpenHighLowClose,
    OpenLowHighClose,

    /// <summary>The extreme that is nearer to the open first, as TradingView's emulator does.</summary>
    NearestFirst,
}
