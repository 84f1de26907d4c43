namespace ExEngine.Core.Markets;

/// <summary>
/// Which values a price or quantity may take, in one of CCXT's three precision modes. All arithmetic is exact decimal.
/// </summary>
/// <param name="Mode">How <paramref name="Size"/> is meant.</param>
/// <param name="Size">The tick itself; or the number of decimal places (negative: multiples of 10^n); or of significant digits.</param>
public readonly record struct Steps(StepMode Mode, decimal Size)
{
    /// <summary>Every value is allowed: the exchange states no precision.</summary>
    public static readonly Steps Any;

    public static Steps Tick(decimal tick) => new(StepMode.Tick, tick);

    public static Steps Decimals(int places) => new(StepMode.DecimalPlaces, places);

    public static Steps Digits(int digits) => new(StepMode.SignificantDigits, digits);

    /// <summary>The distance between allowed values around <paramref name="value"/>; null when all are allowed.</summary>
    public decimal? StepAt(decimal value) => throw new NotSupportedException();

    public bool Contains(decimal value) => Down(value) == value;

    /// <summary>The largest allowed value that is not above <paramref name="value"/> (≥ 0).</summary>
    public decimal Down(decimal value) => throw new NotSupportedException();

    /// <summary>The smallest allowed value that is not below <paramref name="value"/> (≥ 0).</summary>
    public decimal Up(decimal value) => throw new NotSupportedException();
}

public enum StepMode
{
    Any,
    Tick,
    DecimalPlaces,
    SignificantDigits,
}
