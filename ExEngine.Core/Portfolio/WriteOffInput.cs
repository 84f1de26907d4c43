namespace ExEngine.Core.Portfolio;

/// <summary>Coins that the exchange does not have any more are taken out of a position, at what they cost: no profit and no loss.</summary>
public sealed record WriteOffInput
{
    public Guid? PositionId { get; init; }

    /// <summary>In base, above 0 and at most what the position holds.</summary>
    public decimal? Quantity { get; init; }
}
