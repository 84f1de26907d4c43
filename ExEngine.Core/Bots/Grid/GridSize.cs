using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Grid;

/// <summary>How large each order of a grid is, and what its start takes.</summary>
/// <param name="Quantity">In base, of each line, on the step; 0 when the investment is too small for any.</param>
/// <param name="EmptyLine">The line without an order at the start.</param>
/// <param name="HeldCells">Intervals whose exits wait from the start.</param>
/// <param name="Initial">In base, on the step: what is bought at the start so that those exits can be placed; own coins are taken
/// off.</param>
/// <param name="Total">In quote: the start and all entries, rounded as they will be, fees included.</param>
public sealed record GridSize(decimal Quantity, int EmptyLine, int HeldCells, decimal Initial, decimal Total)
{
    /// <summary>The largest quantity whose rounded total is not above the investment.</summary>
    public static GridSize Of(GridSettings settings, Market market, FeeRates fees, decimal price)
    {
        var lines = GridMath.Lines(settings, market);
        var empty = GridMath.EmptyLine(lines, price);
        var isLong = settings.Direction == BotDirection.Long;
        var held = isLong ? settings.Grids - empty : empty;
        var entries = isLong ? lines.Take(empty).Sum() : lines.Skip(empty + 1).Sum();
        if (settings.QuantityPerGrid is { } stated)
        {
            return With(settings, market, fees, price, entries, empty, held, stated);
        }

        var steps = market.QuantityIncrements;
        var coins = fees.OfCoins(fees.BuyTaker);
        var need =
            (entries * (1 + fees.OnCost(fees.Maker(settings.Direction.EntrySide()))))
            + (held * price * (1 + fees.OnCost(fees.Taker(settings.Direction.EntrySide()))) / (1 - coins));
        var budget = ((1 - (settings.Reserve / 100)) * settings.Investment) + (settings.UseOwnBase * price);
        var quantity = need > 0 ? steps.Down(budget / need) : 0;
        var size = With(settings, market, fees, price, entries, empty, held, quantity);
        while (size.Total > settings.Investment && quantity > 0)
        {
            quantity = steps.Down(quantity - (steps.IncrementAt(quantity) ?? (quantity * 0.00000001m)));
            size = With(settings, market, fees, price, entries, empty, held, quantity);
        }

        return size;
    }

    private static GridSize With(
        GridSettings settings,
        Market market,
        FeeRates fees,
        decimal price,
        decimal entries,
        int empty,
        int held,
        decimal quantity
    )
    {
        var side = settings.Direction.EntrySide();
        var coins = side == OrderSide.Buy ? fees.OfCoins(fees.BuyTaker) : 0;
        var missing = Math.Max(0, (held * quantity / (1 - coins)) - settings.UseOwnBase);
        var initial = market.QuantityIncrements.Up(missing) ?? missing;
        var total = (quantity * entries * (1 + fees.OnCost(fees.Maker(side)))) + (initial * price * (1 + fees.OnCost(fees.Taker(side))));
        return new(quantity, empty, held, initial, total);
    }
}
