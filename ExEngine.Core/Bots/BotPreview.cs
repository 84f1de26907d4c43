using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots;

/// <summary>What a bot would do, before a cent moves.</summary>
/// <param name="Lines">Each order that it would place, the start's first.</param>
/// <param name="FundsNow">In quote: for what goes to the exchange at the start.</param>
/// <param name="FundsWorst">In quote: when everything is filled.</param>
/// <param name="Problems">In words, of the whole: what keeps it from being started.</param>
/// <param name="Warnings">In words: what can be started and should be known.</param>
public sealed record BotPreview(
    IReadOnlyList<PreviewLine> Lines,
    decimal FundsNow,
    decimal FundsWorst,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>Nothing keeps it from being started.</summary>
    public bool IsFine => Problems.Count == 0 && Lines.All(l => l.Problem is null);
}

/// <summary>One order of a preview; prices in quote per base.</summary>
public sealed record PreviewLine
{
    /// <summary>From 0, the start; of a grid the line from the lowest.</summary>
    public required int Index { get; init; }
    public required OrderSide Side { get; init; }
    public required decimal Price { get; init; }

    /// <summary>In base.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>In quote.</summary>
    public decimal Cost => Price * Quantity;

    /// <summary>Percent from the base order.</summary>
    public decimal? Deviation { get; init; }

    /// <summary>After this line: the average, where the profit is taken on the tick, and where it would be after fees.</summary>
    public decimal? Average { get; init; }
    public decimal? TakeProfit { get; init; }
    public decimal? NetTakeProfit { get; init; }

    /// <summary>Percent that the price must rise from here to the take-profit.</summary>
    public decimal? NeededRise { get; init; }

    /// <summary>In quote: what a pair of a grid leaves after fees, and percent of its cost.</summary>
    public decimal? Net { get; init; }
    public decimal? NetPercent { get; init; }

    /// <summary>UTC: of a buy at a set time.</summary>
    public DateTime? At { get; init; }

    /// <summary>It is planned and not at the exchange at first.</summary>
    public bool IsVirtual { get; init; }

    /// <summary>Why the market would not take it.</summary>
    public string? Problem { get; init; }
}

/// <summary>If the price falls by so many percent.</summary>
/// <param name="Price">Quote per base.</param>
/// <param name="Held">In base.</param>
/// <param name="Average">Quote per base; null while nothing is held.</param>
/// <param name="Result">In quote: what it would be worth less what it cost, with the fees of both ways.</param>
public sealed record FallPreview(decimal Percent, decimal Price, decimal Held, decimal? Average, decimal Result);
