using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Bots.Grid;

/// <summary>What the proven end of an order means for its cell.</summary>
internal static class GridEnds
{
    private const int MostFailures = 3;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(60);

    public static void Apply(GridRun grid, BotOrder order, BotOrderEnd how, string? reason)
    {
        if (order.Slot == GridRun.InitialSlot)
        {
            GridStart.Ended(grid, how);
        }
        else if (order.Slot == GridRun.ExitSlot)
        {
            if (grid.State.Phase == GridPhase.Initial)
            {
                GridStart.Share(grid);
            }

            grid.State = grid.State with { RetryAt = how is BotOrderEnd.Filled or BotOrderEnd.NotPlaced ? null : grid.Run.Now + Retry };
        }
        else if (how != BotOrderEnd.Filled && grid.Cell(order.Slot) is { } cell)
        {
            grid.Set(After(grid, Rest(grid, cell), order, how, reason));
        }
    }

    // A part too small to be asked for again is what it is: the cell turns with what it has.
    private static GridCell Rest(GridRun grid, GridCell cell)
    {
        var market = grid.Run.Market;
        if (!cell.IsHeld)
        {
            var rest = cell.Quantity - cell.Entered;
            return cell.Entered > 0 && PositionMath.Sellable(rest, market, grid.Entry(cell)) == 0 ? GridFills.Held(grid, cell) : cell;
        }

        var left = cell.ExitQuantity - cell.Exited;
        return cell.Exited > 0 && PositionMath.Sellable(left, market, grid.Exit(cell)) == 0 ? GridFills.Waits(grid, cell) : cell;
    }

    private static GridCell After(GridRun grid, GridCell cell, BotOrder order, BotOrderEnd how, string? reason)
    {
        if (order.CancelAsked || how == BotOrderEnd.NotPlaced)
        {
            return cell with { Status = LineStatus.Planned };
        }

        if (how == BotOrderEnd.NotNow)
        {
            return cell with { Status = LineStatus.Planned, RetryAt = grid.Run.Now + Retry };
        }

        if (how == BotOrderEnd.Canceled)
        {
            return CancelledByUser(grid, cell, order);
        }

        var failures = cell.Failures + 1;
        var isTwice = how == BotOrderEnd.Expired && cell.Offset > 0;
        var gaveUp = failures >= MostFailures || isTwice;
        var problem = $"the order at {order.Price} was not taken by the exchange ({how}{(reason is null ? "" : ": " + reason)})";
        grid.Note(problem, gaveUp ? BotNote.NeedsYou : BotNote.Warning);
        return cell with
        {
            Status = gaveUp ? LineStatus.NeedsYou : LineStatus.Planned,
            Failures = failures,
            Offset = how == BotOrderEnd.Expired ? 1 : cell.Offset,
            RetryAt = how == BotOrderEnd.Expired ? null : grid.Run.Now + Retry,
            Problem = problem,
        };
    }

    private static GridCell CancelledByUser(GridRun grid, GridCell cell, BotOrder order)
    {
        var rule = grid.Settings.RestoreCancelled;
        if (rule == CancelledLine.PutBack && !(cell.PutBackAt > grid.Run.Now - TimeSpan.FromHours(1)))
        {
            grid.Note($"the order at {order.Price} was cancelled at the exchange and is put back", BotNote.Warning);
            return cell with { Status = LineStatus.Planned, PutBackAt = grid.Run.Now };
        }

        var asks = rule != CancelledLine.Leave;
        grid.Note(
            $"the order at {order.Price} was cancelled at the exchange{(asks ? "; put it back, or leave it" : " and stays out")}",
            asks ? BotNote.NeedsYou : BotNote.Info
        );
        return cell with { Status = asks ? LineStatus.CancelledByYou : LineStatus.Skipped };
    }
}
