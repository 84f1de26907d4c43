namespace ExEngine.Tests.FakeExchange;

/// <summary>
/// What the rest of the world offers around a market's price. It is used up by fills on one side and stands anew whenever
/// the price or the book is set.
/// </summary>
public sealed record FakeBook
{
    /// <summary>Base quantity at each level; null has no end.</summary>
    public decimal? LevelQuantity { get; init; }

    /// <summary>From the best price on, each a tick worse than the one before. 1 to 1,000.</summary>
    public int Levels { get; init; } = 1;

    /// <summary>The best ask is this many ticks above the best bid, which is the market's price.</summary>
    public int SpreadTicks { get; init; }
}
