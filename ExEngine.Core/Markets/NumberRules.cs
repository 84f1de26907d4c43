namespace ExEngine.Core.Markets;

/// <summary>What one number of an order must keep to. Limits are inclusive; the number must be above zero besides.</summary>
internal readonly record struct NumberRules(
    string Field,
    string Label,
    string IncrementLabel,
    Increments Increments,
    decimal? Min,
    decimal? Max,
    string OffStep,
    string TooLow,
    string TooHigh
)
{
    public static NumberRules Price(Market market, string field) =>
        new(
            field,
            field == "price" ? "price" : "stop price",
            "tick",
            market.PriceIncrements,
            Positive(market.MinPrice),
            market.MaxPrice,
            RefusalCodes.PriceOffTick,
            RefusalCodes.PriceTooLow,
            RefusalCodes.PriceTooHigh
        );

    public static NumberRules Quantity(Market market, OrderType type)
    {
        var atMarket = type is OrderType.Market or OrderType.Stop;
        return new(
            "quantity",
            "quantity",
            "step",
            market.QuantityIncrements,
            Positive(atMarket ? Larger(market.MinQuantity, market.MinMarketQuantity) : market.MinQuantity),
            atMarket ? Smaller(market.MaxQuantity, market.MaxMarketQuantity) : market.MaxQuantity,
            RefusalCodes.QuantityOffStep,
            RefusalCodes.QuantityTooLow,
            RefusalCodes.QuantityTooHigh
        );
    }

    /// <summary>The smallest number that keeps to all of this; null when none is known or none can.</summary>
    public decimal? Smallest => Min is { } min ? Increments.Up(min) : Increments.IncrementAt(0);

    /// <summary>The largest number that keeps to all of this; null when there is no maximum.</summary>
    public decimal? Largest => Max is { } max ? Increments.Down(max) : null;

    /// <summary>The allowed numbers next to one that is off the step, ascending: two; one at the edge of what is allowed.</summary>
    public IReadOnlyList<string> Around(decimal asked)
    {
        var least = Smallest ?? 0;
        var most = Largest ?? decimal.MaxValue;
        if (least > most)
        {
            return [];
        }

        var below = Math.Clamp(Increments.Down(asked), least, most);
        var above = Math.Clamp(Increments.Up(asked) ?? below, least, most);
        return below == above ? One(below) : [.. One(below), .. One(above)];
    }

    public IReadOnlyList<string> One(decimal? value) => value is { } known and > 0 ? [Increments.Text(known)] : [];

    private static decimal? Positive(decimal? limit) => limit is > 0 ? limit : null;

    private static decimal? Larger(decimal? one, decimal? other) => one > other || other is null ? one : other;

    private static decimal? Smaller(decimal? one, decimal? other) => one < other || other is null ? one : other;
}
