namespace ExEngine.Core.Bots;

/// <summary>
/// The books of one deal or bot from its own fills. For a long: coins held and what they cost. For a short: coins owed and what they
/// brought.
/// <c>Realized = Money + Cost</c> for a long and <c>Money − Cost</c> for a short, digit for digit.
/// </summary>
public sealed record BotBook
{
    public static readonly BotBook Empty = new();

    /// <summary>In base: what came less fees in base, less what left. Never negative.</summary>
    public decimal Held { get; init; }

    /// <summary>In quote, of what is held: fees in quote included.</summary>
    public decimal Cost { get; init; }

    /// <summary>In quote and base, of what is held: before any fee.</summary>
    public decimal BareCost { get; init; }
    public decimal BareQuantity { get; init; }

    /// <summary>
    /// Quote per base: <see cref="BareCost"/> / <see cref="BareQuantity"/> after the last entry. An exit does not move it.
    /// </summary>
    public decimal? Average { get; init; }

    /// <summary>Quote per base: <see cref="Cost"/> / <see cref="Held"/> after the last entry: fees are in it.</summary>
    public decimal? NetAverage { get; init; }

    /// <summary>In quote, ever.</summary>
    public decimal Realized { get; init; }

    /// <summary>In quote: what came in less what went out, fees in quote included.</summary>
    public decimal Money { get; init; }

    /// <summary>Asset to the sum of what was paid in it.</summary>
    public IReadOnlyDictionary<string, decimal> Fees { get; init; } = new SortedDictionary<string, decimal>();
}
