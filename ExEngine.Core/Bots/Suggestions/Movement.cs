using ExEngine.Core.Bots.Backtest;
using ExEngine.Core.Bots.Indicators;

namespace ExEngine.Core.Bots.Suggestions;

/// <summary>How a market moved, in percent.</summary>
/// <param name="Sigma">Over 30 days, by the hourly returns of the last 30.</param>
/// <param name="AtrHour">Average true range of the last 14 hours, four-hour and day candles, of the last close.</param>
/// <param name="WorstFall">The deepest within 30 days that the candles have.</param>
public sealed record Movement(decimal Sigma, decimal AtrHour, decimal AtrFourHours, decimal AtrDay, decimal WorstFall)
{
    private const int Horizon = 30;
    private const int Length = 14;

    /// <param name="hourly">In order of time; the last one is over.</param>
    public static Movement Of(CandleSeries hourly)
    {
        var month = hourly.After(Math.Max(0, hourly.Count - (Horizon * 24)));
        return new(
            VolatilityMath.Sigma(month, Horizon),
            VolatilityMath.Atr(month, Length),
            VolatilityMath.Atr(month.Larger(TimeSpan.FromHours(4)), Length),
            VolatilityMath.Atr(month.Larger(TimeSpan.FromDays(1)), Length),
            VolatilityMath.WorstFall(hourly, Horizon * 24)
        );
    }

    /// <summary>By which a price is so many times the usual movement higher.</summary>
    public decimal Factor(decimal times) => VolatilityMath.Factor(Math.Max(0.5m, Sigma * times));

    /// <summary>How many steps of so many percent each are in a factor.</summary>
    public decimal Steps(decimal factor, decimal percent) => VolatilityMath.Steps(factor, percent);
}
