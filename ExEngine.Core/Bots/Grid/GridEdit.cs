using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Grid;

/// <summary>What the lines of changed settings keep of a running grid, and what they need in coins.</summary>
internal static class GridEdit
{
    /// <summary>The new cells from the lowest; those that are as before keep their id, coins and order.</summary>
    public static IReadOnlyList<GridCell> Cells(GridSettings settings, Market market, GridState state, decimal price)
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
    public static decimal Missing(GridState state, IReadOnlyList<GridCell> cells, BotContext context)
    {
        var pool = state.Carry + state.Cells.Where(c => cells.All(n => n.Id != c.Id)).Sum(c => c.Coins);
        var missing = cells.Where(c => c is { IsHeld: true, Coins: 0 }).Sum(c => c.Quantity) - pool;
        return missing > 0
            ? context.Market.QuantityIncrements.Up(missing / (1 - context.Fees.OfCoins(context.Fees.BuyTaker))) ?? missing
            : -context.Market.QuantityIncrements.Down(-missing);
    }
}
