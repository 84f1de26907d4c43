using System.Text.Json.Serialization;

namespace ExEngine.Core.Bots.Indicators;

/// <summary>
/// One condition on the closes of candles of one size. It is looked at when a candle closes, and holds until the next one does.
/// </summary>
public sealed record StartCondition
{
    public IndicatorKind Kind { get; init; }

    /// <summary>Size of the candles by its name: one of <see cref="CandleSizes"/>.</summary>
    public string Candle { get; init; } = "1h";

    /// <summary>Candles that it looks back, of a cross the fast one; null: what is usual for the kind.</summary>
    public int? Length { get; init; }

    /// <summary>Of a cross the slow one.</summary>
    public int Slow { get; init; } = 26;

    /// <summary>Standard deviations of the Bollinger bands; smoothing of MACD's signal is 9.</summary>
    public decimal Width { get; init; } = 2;
    public Comparison Comparison { get; init; }

    /// <summary>What the value is compared with; of crosses of two lines their difference, 0.</summary>
    public decimal Level { get; init; }

    [JsonIgnore]
    public TimeSpan Size => CandleSizes.All[Candle];

    /// <summary><see cref="Length"/>, or the usual one: 14 of RSI, 20 of Bollinger's bands, 1 of a change, 12 of others.</summary>
    [JsonIgnore]
    public int Fast =>
        Length
        ?? Kind switch
        {
            IndicatorKind.Rsi => 14,
            IndicatorKind.BollingerPercent => 20,
            IndicatorKind.Change => 1,
            _ => 12,
        };

    [JsonIgnore]
    public bool IsCross => Kind is IndicatorKind.EmaCross or IndicatorKind.SmaCross or IndicatorKind.Macd;

    /// <summary>
    /// How many closes the value is counted from, always: so many that averages have settled, and as many for a bot that trades as for its
    /// backtest. Ten times its length, and twenty of RSI, whose average forgets at half the speed.
    /// </summary>
    [JsonIgnore]
    public int WarmUp => (Kind == IndicatorKind.Rsi ? 20 : 10) * Math.Max(Fast, IsCross ? Slow : 0);
}

public enum IndicatorKind
{
    Rsi,

    /// <summary>Fast less slow exponential average.</summary>
    EmaCross,

    /// <summary>Fast less slow simple average.</summary>
    SmaCross,
    BollingerPercent,

    /// <summary>MACD less its signal.</summary>
    Macd,

    /// <summary>Percent over so many candles.</summary>
    Change,
}

public enum Comparison
{
    Below,
    Above,

    /// <summary>At or above now, and below at the close before.</summary>
    CrossesUp,

    /// <summary>At or below now, and above at the close before.</summary>
    CrossesDown,
}
