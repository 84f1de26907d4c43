using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Grid;

/// <summary>What replacing a running grid's lines by those of the settings would do, before it is done.</summary>
/// <param name="Kept">Orders that stay: same price, side and interval.</param>
/// <param name="Canceled">Orders that come off.</param>
/// <param name="Placed">Side and price of what is placed then.</param>
/// <param name="Coins">In base: bought at market for the exits when above 0, sold when below.</param>
public sealed record GridEdit(
    IReadOnlyList<BotOrder> Kept,
    IReadOnlyList<BotOrder> Canceled,
    IReadOnlyList<(OrderSide Side, decimal Price)> Placed,
    decimal Coins
)
{
    /// <param name="settings">With the new lines.</param>
    /// <param name="state">Of a grid that runs; the context has a price.</param>
    public static GridEdit Of(GridSettings settings, BotContext context, GridState state)
    {
        var cells = Cells(settings, context.Market, state, context.Price ?? 0);
        var kept = state.Orders.Where(o => cells.Any(c => c.Slot == o.Slot)).ToList();
        var isLong = settings.Direction == BotDirection.Long;
        return new(
            kept,
            [.. state.Orders.Except(kept)],
            [
                .. cells
                    .Where(c => kept.All(o => o.Slot != c.Slot))
                    .Select(c => c.IsHeld == isLong ? (OrderSide.Sell, c.Upper) : (OrderSide.Buy, c.Lower)),
            ],
            Missing(state, cells, context)
        );
    }

    /// <summary>The new cells from the lowest; those that are as before keep their id, coins and order.</summary>
    internal static IReadOnlyList<GridCell> Cells(GridSettings settings, Market market, GridState state, decimal price)
    {
        var lines = GridMath.Lines(settings, market);
        var empty = GridMath.EmptyLine(lines, price);
        var last = state.LastCell;
        var cells = new List<GridCell>();
        for (var i = 0; i < settings.Grids; i++)
        {
            var held = settings.Direction == BotDirection.Long ? i >= empty : i < empty;
            var (lower, upper) = (lines[i], lines[i + 1]);
            var same = state.Cells.FirstOrDefault(c => c.Lower == lower && c.Upper == upper && c.IsHeld == held && (!held || c.Coins > 0));
            cells.Add(
                same
                    ?? new GridCell
                    {
                        Id = ++last,
                        Lower = lower,
                        Upper = upper,
                        IsHeld = held,
                        Quantity = settings.QuantityPerGrid ?? state.Quantity,
                    }
            );
        }

        return cells;
    }

    /// <summary>In base, on the step: to buy for the exits without coins; below 0: to sell of what is left over.</summary>
    internal static decimal Missing(GridState state, IReadOnlyList<GridCell> cells, BotContext context)
    {
        var pool = state.Carry + state.Cells.Where(c => cells.All(n => n.Id != c.Id)).Sum(c => c.Coins);
        var missing = cells.Where(c => c is { IsHeld: true, Coins: 0 }).Sum(c => c.Quantity) - pool;
        return missing > 0
            ? context.Market.QuantityIncrements.Up(missing / (1 - context.Fees.OfCoins(context.Fees.BuyTaker))) ?? missing
            : -context.Market.QuantityIncrements.Down(-missing);
    }
}
