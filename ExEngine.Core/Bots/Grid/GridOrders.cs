using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Bots.Grid;

/// <summary>
/// Keeps one order per cell at the exchange, never two on one line, within the window of active lines and the bot's own money.
/// </summary>
internal static class GridOrders
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(60);

    public static void Plan(GridRun grid)
    {
        if (!grid.Run.MayAct)
        {
            return;
        }

        // By id, since a grid may have hundreds of cells and this runs after every fill.
        var wanted = Wanted(grid);
        var ids = wanted.Select(c => c.Id).ToHashSet();
        var taken = new HashSet<int>();
        foreach (var order in grid.Orders.All.ToList())
        {
            if (GridCell.IdOf(order.Slot) is not { } id)
            {
                continue;
            }

            taken.Add(id);
            if (!ids.Contains(id) && order.Executed == 0)
            {
                grid.Orders.Set(grid.Run.Cancel(order));
            }
        }

        foreach (var cell in wanted.Where(c => !taken.Contains(c.Id)))
        {
            Keep(grid, cell);
        }
    }

    // Cells whose orders are to be at the exchange, nearest to the price first.
    private static List<GridCell> Wanted(GridRun grid)
    {
        var most = grid.Settings.MaxActiveLines ?? int.MaxValue;
        var isLong = grid.Direction == BotDirection.Long;
        var entries = grid.State.Cells.Where(c => !c.IsHeld && c.Id != grid.State.Leaving && grid.State.Mode == BotMode.Running);
        var exits = grid.State.Cells.Where(c => c.IsHeld && c.Coins > 0);
        return [.. (isLong ? exits : exits.Reverse()).Take(most), .. (isLong ? entries.Reverse() : entries).Take(most)];
    }

    private static void Keep(GridRun grid, GridCell cell)
    {
        if (cell.Status is LineStatus.CancelledByYou or LineStatus.Skipped or LineStatus.NeedsYou)
        {
            return;
        }

        if (cell.RetryAt > grid.Run.Now && !(grid.FundsChanged && cell.Status == LineStatus.WaitingFunds))
        {
            grid.Run.WakeAt(cell.RetryAt);
            return;
        }

        var side = cell.IsHeld ? grid.Direction.ExitSide() : grid.Direction.EntrySide();
        var line = cell.IsHeld ? grid.Exit(cell) : grid.Entry(cell);
        if (IsTaken(grid, line))
        {
            // Its fill was not told yet; the line is free when it is.
            return;
        }

        var tick = grid.Run.Market.PriceIncrements.IncrementAt(line) ?? 0;
        var price = line + (cell.Offset * tick * (side == OrderSide.Buy ? -1 : 1));
        var quantity = cell.IsHeld ? cell.ExitQuantity - cell.Exited : cell.Quantity - cell.Entered;
        var verdict = grid.Run.Fit(side, price, quantity);
        if (verdict.Order is not { } order)
        {
            Unfit(grid, cell, verdict.Refusal!);
        }
        else if (Missing(grid, order) is { } shortage)
        {
            Waits(grid, cell, order, shortage);
        }
        else
        {
            grid.Orders.Add(grid.Run.Place(cell.Slot, order, cell.IsHeld ? Effect.Reduce : Effect.Open));
            grid.Set(cell with { Status = LineStatus.Resting, Asked = null, Free = null, RetryAt = null, Problem = null });
        }
    }

    // Only a cell that has the line can have an order there: after every fill this looks at two of hundreds of orders, not at all.
    private static bool IsTaken(GridRun grid, decimal line)
    {
        foreach (var cell in grid.State.Cells)
        {
            if (
                (cell.Lower == line || cell.Upper == line)
                && grid.Orders.At(cell.Slot) is { } order
                && (order.Side == grid.Direction.ExitSide() ? grid.Exit(cell) : grid.Entry(cell)) == line
            )
            {
                return true;
            }
        }

        return false;
    }

    // The bot never spends what is not its own, and the account may have less free than that.
    private static (decimal Asked, decimal Free)? Missing(GridRun grid, ValidatedOrder order)
    {
        if (order.Draft.Side == OrderSide.Buy && grid.Direction == BotDirection.Long)
        {
            var fee = grid.Context.Fees.OnCost(grid.Context.Fees.BuyMaker);
            var asked = order.Draft.Price!.Value * order.Draft.Quantity!.Value * (1 + fee);
            var own = grid.State.Cash - grid.Promised();
            if (own < asked)
            {
                return (asked, own);
            }
        }

        return grid.Run.Shortage(order);
    }

    private static void Unfit(GridRun grid, GridCell cell, OrderRefusal refusal)
    {
        grid.Set(cell with { Status = LineStatus.NeedsYou, Problem = refusal.Message });
        grid.Note(refusal.Message, BotNote.NeedsYou);
    }

    private static void Waits(GridRun grid, GridCell cell, ValidatedOrder order, (decimal Asked, decimal Free) shortage)
    {
        var asset = order.Draft.Side == OrderSide.Buy ? grid.Run.Market.Quote : grid.Run.Market.Base;
        if (cell.Status != LineStatus.WaitingFunds)
        {
            var missing = IncrementMath.Text(IncrementMath.Shortest(shortage.Asked - shortage.Free));
            grid.Note($"the line at {order.Draft.Price} waits for {missing} {asset}", BotNote.Warning);
        }

        var retry = grid.Run.Now + Retry;
        grid.Run.WakeAt(retry);
        grid.Set(cell with { Status = LineStatus.WaitingFunds, Asked = shortage.Asked, Free = shortage.Free, RetryAt = retry });
    }
}
