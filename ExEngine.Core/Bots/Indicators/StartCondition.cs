namespace ExEngine.Core.Bots.Indicators;

/// <summary>
/// One condition on the closes of candles of one size. It is looked at when a candle closes, and holds until the next one does.
/// </summary>
public sealed record StartCondition
{
    public required IndicatorKind Kind { get; init; }

    /// <summary>Size of the candles.</summary>
    public required TimeSpan Candle { get; init; }

    /// <summary>Candles that it looks back; of a cross the fast one.</summary>
    public int Length { get; init; } = 14;

    /// <summary>Of a cross the slow one.</summary>
    public int Slow { get; init; } = 26;

    /// <summary>Standard deviations of the Bollinger bands; smoothing of MACD's signal is 9.</summary>
    public double Width { get; init; } = 2;
    public Comparison Comparison { get; init; }

    /// <summary>What the value is compared with; of crosses of two lines their difference, 0.</summary>
    public double Level { get; init; }

    /// <summary>Closes that are needed before the value is one: ten times its length, for the averages to have settled.</summary>
    public int WarmUp => 10 * Math.Max(Length, Kind is IndicatorKind.EmaCross or IndicatorKind.SmaCross or IndicatorKind.Macd ? Slow : 0);
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
