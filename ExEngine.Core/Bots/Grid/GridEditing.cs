using ExEngine.Core.Orders;

namespace ExEngine.Core.Bots.Grid;

/// <summary>Replaces the lines of a running grid: what is not kept comes off, proven, then one market order settles the coins.</summary>
internal static class GridEditing
{
    /// <summary>True when nothing is under way for it any more, and the grid goes on at once.</summary>
    public static bool Plan(GridRun grid)
    {
        if (grid.Context.Price is not { } price || !grid.Run.MayAct)
        {
            grid.Run.WatchAll();
            return false;
        }

        var cells = GridEdit.Cells(grid.Settings, grid.Run.Market, grid.Outcome(), price);
        var off = grid.Orders.All.Where(o => cells.All(c => c.Slot != o.Slot)).ToList();
        off.ForEach(o => grid.Orders.Set(grid.Run.Cancel(o)));
        if (off.Count > 0)
        {
            return false;
        }

        var coins = GridEdit.Missing(grid.State, cells, grid.Context);
        Replace(grid, cells);
        return Settle(grid, coins);
    }

    private static void Replace(GridRun grid, IReadOnlyList<GridCell> cells)
    {
        foreach (var gone in grid.State.Cells.Where(c => cells.All(n => n.Id != c.Id)))
        {
            GridFills.Carry(grid, gone.Coins, gone.Cost);
        }

        grid.State = grid.State with
        {
            Cells = cells,
            LastCell = Math.Max(grid.State.LastCell, cells.Max(c => c.Id)),
            RawLower = grid.Settings.Lower,
            RawUpper = grid.Settings.Upper,
            Width = GridMath.Width(grid.Settings),
            Ratio = GridMath.RatioOrZero(grid.Settings),
            Editing = false,
            Leaving = null,
            Moved = 0,
        };
        grid.Note($"the lines are replaced: {grid.State.Lower} – {grid.State.Upper} in {cells.Count} intervals");
    }

    private static bool Settle(GridRun grid, decimal coins)
    {
        var side = coins > 0 ? grid.Direction.EntrySide() : grid.Direction.ExitSide();
        if (coins != 0 && grid.Run.Fit(side, null, Math.Abs(coins)).Order is { } order && grid.Run.Shortage(order) is null)
        {
            var (slot, effect) = coins > 0 ? (GridRun.InitialSlot, Effect.Open) : (GridRun.ExitSlot, Effect.Reduce);
            grid.Orders.Add(grid.Run.Place(slot, order, effect));
            grid.State = grid.State with { Phase = GridPhase.Initial };
            return false;
        }

        GridStart.Share(grid);
        return true;
    }
}
