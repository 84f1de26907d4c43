namespace ExEngine.Core.Markets;

/// <summary>
/// Which values a price or quantity may take, in one of CCXT's three precision modes. All arithmetic is exact: nothing
/// is rounded on the way, and no value overflows or throws.
/// </summary>
/// <param name="Mode">How <paramref name="Size"/> is meant.</param>
/// <param name="Size">
/// The tick itself (0 or less: every value is allowed); or the number of decimal places (negative: multiples of 10^n,
/// below −28 as −28); or of significant digits (below 1 as 1).
/// </param>
public readonly record struct Increments(IncrementMode Mode, decimal Size)
{
    /// <summary>Every value is allowed: the exchange states no precision.</summary>
    public static readonly Increments Any;

    /// <summary>With significant digits: no step is smaller, as where decimals are limited besides.</summary>
    public decimal? Finest { get; init; }

    /// <summary>
    /// With significant digits: no step is larger, as where whole numbers are always allowed. A power of ten, as is <see cref="Finest"/>.
    /// </summary>
    public decimal? Coarsest { get; init; }

    public static Increments Tick(decimal tick) => new(IncrementMode.Tick, tick);

    public static Increments Decimals(int places) => new(IncrementMode.DecimalPlaces, places);

    public static Increments Digits(int digits) => new(IncrementMode.SignificantDigits, digits);

    /// <summary>
    /// The distance from the allowed value at or under <paramref name="value"/> to the next one; null when every value
    /// that a decimal can hold is allowed there.
    /// </summary>
    public decimal? IncrementAt(decimal value) =>
        Mode switch
        {
            IncrementMode.Tick => Size > 0 ? Size : null,
            IncrementMode.DecimalPlaces => IncrementMath.PowerOfTen(-Whole(-IncrementMath.MaxScale)),
            IncrementMode.SignificantDigits => value == 0
                ? Finest
                : Within(IncrementMath.PowerOfTen(IncrementMath.Exponent(value) - Whole(1) + 1)),
            _ => null,
        };

    public bool Contains(decimal value) => Down(value) == value;

    /// <summary>
    /// The largest allowed value that is not above <paramref name="value"/> (≥ 0; a negative one goes towards zero).
    /// Where that has more than 28 digits, the largest one that a decimal can hold.
    /// </summary>
    public decimal Down(decimal value) => IncrementMath.Shortest(IncrementAt(value) is { } step ? IncrementMath.Down(value, step) : value);

    /// <summary>
    /// The smallest allowed value that is not below <paramref name="value"/> (≥ 0; a negative one goes away from zero);
    /// null when no decimal can hold it.
    /// </summary>
    public decimal? Up(decimal value) =>
        (IncrementAt(value) is { } step ? IncrementMath.Up(value, step) : value) is { } up ? IncrementMath.Shortest(up) : null;

    /// <summary>
    /// An allowed value as it is written for this market, with the decimals of its step: 60000.10 on a tick of 0.01.
    /// A value off the step keeps its own decimals.
    /// </summary>
    public string Text(decimal value) => IncrementMath.Text(value, IncrementAt(value));

    private decimal? Within(decimal? step) =>
        step is null || step < Finest ? Finest
        : step > Coarsest ? Coarsest
        : step;

    // A step wider than 10^28 cannot be held by a decimal; the widest that can stands for it.
    private int Whole(int least) => (int)Math.Clamp(Size, least, 100);
}

public enum IncrementMode
{
    Any,
    Tick,
    DecimalPlaces,
    SignificantDigits,
}
