using ExEngine.Core.Bots.Dca;

namespace ExEngine.Core.Bots.Grid;

/// <summary>
/// A grid bot, pure: settings, the world, what is remembered and what happened → what is remembered then and what to do. Paper, live and
/// backtest run it alike. Events of one call are all applied before anything is planned, so that a gap through several lines places nothing
/// twice or for a moment.
/// </summary>
public static class GridPlanner
{
    public static BotPlan<GridState> Plan(GridSettings settings, BotContext context, GridState state, IReadOnlyList<BotEvent> events)
    {
        var run = new BotPlanBuilder(context, state.LastGeneration);
        var grid = new GridRun(settings, state, run);
        foreach (var happened in events)
        {
            Apply(grid, happened);
        }

        Phases(grid);
        return new(grid.Outcome(), run.Actions, run.Interest);
    }

    private static void Phases(GridRun grid)
    {
        if (grid.State.Phase == GridPhase.Over)
        {
            return;
        }

        if (grid.State is { Closing: not null } || grid.State.Phase == GridPhase.Closing)
        {
            GridClosing.Plan(grid);
            return;
        }

        if (grid.State.Phase == GridPhase.WaitingTrigger)
        {
            GridStart.Plan(grid);
        }

        if (grid.State.Phase == GridPhase.Running)
        {
            Running(grid);
        }
    }

    private static void Running(GridRun grid)
    {
        GridClosing.Look(grid);
        if (grid.State.Closing is not null)
        {
            GridClosing.Plan(grid);
            return;
        }

        if (grid.State.Editing && !GridEditing.Plan(grid))
        {
            return;
        }

        GridTrailing.Plan(grid);
        Range(grid);
        GridOrders.Plan(grid);
        if (grid.State.Mode == BotMode.Finishing && grid.Orders.All.Count == 0 && !grid.State.Cells.Any(c => c.IsHeld && c.Coins > 0))
        {
            grid.State = grid.State with { Closing = GridEnd.Asked };
            GridClosing.Plan(grid);
        }
    }

    private static void Apply(GridRun grid, BotEvent happened)
    {
        switch (happened)
        {
            case BotEvent.Filled(var fill):
                GridFills.Apply(grid, fill);
                break;
            case BotEvent.Ended end when grid.Orders.End(end) is { } ended:
                GridEnds.Apply(grid, ended.Order, ended.How, end.Reason);
                break;
            case BotEvent.FundsChanged:
                grid.FundsChanged = true;
                break;
            case BotEvent.CloseAsked:
                Close(grid, GridEnd.Asked);
                break;
            case BotEvent.CancelAsked:
                Close(grid, GridEnd.Kept);
                break;
            case BotEvent.FinishAsked:
                grid.State = grid.State with { Mode = BotMode.Finishing };
                break;
            case BotEvent.RangeEdited when grid.State.Phase is GridPhase.Initial or GridPhase.Running:
                grid.State = grid.State with { Editing = true };
                break;
            case BotEvent.Invested(var amount):
                Invest(grid, amount);
                break;
            case BotEvent.LineAnswered(var slot, var putBack) when grid.Cell(slot) is { } cell:
                grid.Set(
                    cell with
                    {
                        Status = putBack ? LineStatus.Planned : LineStatus.Skipped,
                        Failures = 0,
                        RetryAt = null,
                        Problem = null,
                    }
                );
                break;
            default:
                break;
        }
    }

    private static void Close(GridRun grid, GridEnd end) =>
        grid.State = grid.State with { Closing = grid.State.Closing ?? end, Mode = BotMode.Finishing };

    // Withdrawing takes what no order promises; the size of the lines stays.
    private static void Invest(GridRun grid, decimal amount)
    {
        var free = grid.State.Cash - grid.Promised();
        if (amount < 0 && free < -amount)
        {
            grid.Note(
                $"{-amount} {grid.Run.Market.Quote} cannot be withdrawn: {Math.Max(0, free):0.########} are not promised to orders",
                BotNote.Warning
            );
            return;
        }

        grid.State = grid.State with { Invested = grid.State.Invested + amount };
    }

    private static void Range(GridRun grid)
    {
        var (lower, upper) = (grid.State.Lower, grid.State.Upper);
        if (grid.Context.Price is { } price)
        {
            var side =
                price > upper ? RangeSide.Above
                : price < lower ? RangeSide.Below
                : RangeSide.Inside;
            if (side != grid.State.Range)
            {
                grid.State = grid.State with { Range = side, RangeSince = grid.Run.Now };
                var held = $"{grid.State.Book.Held:0.########} {grid.Run.Market.Base} held";
                grid.Note(
                    side == RangeSide.Inside
                        ? $"the price {price} is back in the range"
                        : $"the price {price} is {(side == RangeSide.Above ? "above" : "below")} the range; {held}"
                );
            }
        }

        grid.Run.WatchBelow(
            grid.State.Range switch
            {
                RangeSide.Above => upper,
                RangeSide.Inside => lower,
                _ => null,
            }
        );
        grid.Run.WatchAbove(
            grid.State.Range switch
            {
                RangeSide.Below => lower,
                RangeSide.Inside => upper,
                _ => null,
            }
        );
    }
}
