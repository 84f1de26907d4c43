namespace ExEngine.Core.Bots.Backtest;

/// <summary>
/// Equity over the closes of all candles, without multiplying at each: between two fills it follows the price, so that extremes of the
/// price are those of the equity.
/// </summary>
internal struct EquityTrack(decimal unit, decimal start)
{
    private decimal _peak = start;
    private long _high = long.MinValue;
    private long _low = long.MaxValue;
    private long _drop;
    private long _rise;

    /// <summary>In quote: the deepest fall from a peak.</summary>
    public decimal MaxDrawdown { get; private set; }

    /// <summary>One candle's close, in units.</summary>
    public void Close(long price)
    {
        _high = Math.Max(_high, price);
        _low = Math.Min(_low, price);
        _drop = Math.Max(_drop, _high - price);
        _rise = Math.Max(_rise, price - _low);
    }

    /// <summary>What was held until now changes, or it is the end.</summary>
    /// <param name="money">In quote.</param>
    /// <param name="coins">In base; negative when owed.</param>
    public void Turn(decimal money, decimal coins)
    {
        if (_high == long.MinValue)
        {
            return;
        }

        var (best, worst, against) = coins >= 0 ? (_high, _low, _drop) : (_low, _high, _rise);
        var within = Math.Abs(coins) * against / unit;
        var fromBefore = _peak - (money + (coins * worst / unit));
        MaxDrawdown = Math.Max(MaxDrawdown, Math.Max(within, fromBefore));
        _peak = Math.Max(_peak, money + (coins * best / unit));
        (_high, _low, _drop, _rise) = (long.MinValue, long.MaxValue, 0, 0);
    }
}
