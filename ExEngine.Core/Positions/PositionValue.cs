namespace ExEngine.Core.Positions;

/// <summary>What a position is worth at a price. Fees of a sale that has not happened are not in it.</summary>
/// <param name="Value">In quote.</param>
/// <param name="Profit">In quote: the value less what the held quantity cost, entry fees in base and quote included.</param>
/// <param name="Percent">Of what it cost: 1.5 is 1.5 %; null when it cost nothing.</param>
public sealed record PositionValue(decimal Value, decimal Profit, decimal? Percent)
{
    /// <param name="quantity">In base.</param>
    /// <param name="entryCost">In quote.</param>
    /// <param name="price">Quote per base.</param>
    public static PositionValue Of(decimal quantity, decimal entryCost, decimal price)
    {
        var value = quantity * price;
        var profit = value - entryCost;
        return new(value, profit, entryCost > 0 ? profit / entryCost * 100m : null);
    }
}
