using ExEngine.Core.Bots.Indicators;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots;

/// <summary>What a planner may know of the world at one moment.</summary>
public sealed record BotContext
{
    public required Market Market { get; init; }
    public required FeeRates Fees { get; init; }

    /// <summary>UTC; of a tick the exchange's time.</summary>
    public required DateTime Now { get; init; }

    /// <summary>How far apart the moments are that can be looked at: 0 while it trades, a candle in a backtest.</summary>
    public TimeSpan Grain { get; init; }

    /// <summary>Last price, quote per base, heard after the events of the batch; null when there is none that is young enough.</summary>
    public decimal? Price { get; init; }

    /// <summary>In quote: free at the exchange and not promised to others; null: not looked at.</summary>
    public decimal? FreeQuote { get; init; }

    /// <summary>In base: the same for what is to be sold. Null: not looked at.</summary>
    public decimal? FreeBase { get; init; }

    /// <summary>In quote: for sizes in percent of it.</summary>
    public decimal? Equity { get; init; }

    /// <summary>The exchange answers and takes orders. While it does not, events count and nothing is placed or cancelled.</summary>
    public bool IsReachable { get; init; } = true;

    /// <summary>What the conditions of its start say; null where it has none, or nobody looks.</summary>
    public StartLook? Start { get; init; }

    /// <summary>How far the price went in the last minute, in quote per base; null where nobody counts it.</summary>
    public decimal? LastMinuteMove { get; init; }
}
