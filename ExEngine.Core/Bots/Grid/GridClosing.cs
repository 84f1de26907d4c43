using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Bots.Grid;

/// <summary>The end of a grid: its take-profit and stop prices, and what closing does.</summary>
internal static class GridClosing
{
    /// <summary>Both prices are watched by us; a gap leaves at what is there.</summary>
    public static void Look(GridRun grid)
    {
        var (take, stop) = (grid.Settings.TakeProfitPrice + grid.State.Moved, grid.Settings.StopLossPrice + grid.State.Moved);
        var isLong = grid.Direction == BotDirection.Long;
        grid.Run.WatchAbove(isLong ? take : stop);
        grid.Run.WatchBelow(isLong ? stop : take);
        if (grid.Context.Price is not { } price || grid.State.Closing is not null)
        {
            return;
        }

        var end =
            take is { } t && grid.Direction.HasReached(price, t) ? GridEnd.TakeProfit
            : stop is { } s && grid.Direction.HasFallenTo(price, s) ? GridEnd.Stop
            : (GridEnd?)null;
        if (end is not null)
        {
            grid.State = grid.State with { Closing = end };
            grid.Note($"{end}: the price is {price}", BotNote.Warning);
        }
    }

    public static void Plan(GridRun grid)
    {
        grid.State = grid.State with { Phase = GridPhase.Closing };
        if (grid.Run.MayAct)
        {
            foreach (var order in grid.Orders.All.Where(o => o.Slot != GridRun.ExitSlot).ToList())
            {
                grid.Orders.Set(grid.Run.Cancel(order));
            }
        }

        if (grid.Orders.All.Count > 0)
        {
            return;
        }

        var isKept =
            grid.State.Closing == GridEnd.Kept || (grid.State.Closing != GridEnd.Asked && grid.Settings.ExitAction == GridExit.KeepBase);
        var quantity = isKept ? 0 : PositionMath.Sellable(grid.State.Book.Held, grid.Run.Market, grid.Context.Price);
        if (quantity == 0)
        {
            Over(grid, isKept);
        }
        else if (grid.State.RetryAt > grid.Run.Now)
        {
            grid.Run.WakeAt(grid.State.RetryAt);
        }
        else if (grid.Run.MayAct)
        {
            Sell(grid, quantity);
        }
    }

    private static void Sell(GridRun grid, decimal quantity)
    {
        var free = grid.Direction == BotDirection.Long && grid.Run.FreeBase < quantity ? grid.Run.FreeBase.Value : quantity;
        var part = OrderMaximum.Part(free, grid.Run.Market, OrderType.Market, grid.Context.Price);
        var verdict = grid.Run.Fit(grid.Direction.ExitSide(), null, part);
        if (free < quantity)
        {
            grid.Problem($"{quantity - free:0.########} of {quantity:0.########} {grid.Run.Market.Base} held is gone at the exchange.");
        }

        if (verdict.Order is { } order)
        {
            Pool(grid);
            grid.Orders.Add(grid.Run.Place(GridRun.ExitSlot, order, Effect.Reduce));
        }
        else
        {
            grid.Problem(verdict.Refusal!.Message);
        }
    }

    // No cell waits to leave any more: all coins are one pot.
    private static void Pool(GridRun grid)
    {
        GridFills.Carry(
            grid,
            grid.State.Cells.Sum(c => c.Coins) + grid.State.Kept,
            grid.State.Cells.Sum(c => c.Cost) + grid.State.KeptCost
        );
        grid.State = grid.State with { Cells = [.. grid.State.Cells.Select(c => c with { Coins = 0, Cost = 0 })], Kept = 0, KeptCost = 0 };
    }

    private static void Over(GridRun grid, bool isKept)
    {
        grid.State = grid.State with { Phase = GridPhase.Over, Mode = BotMode.Stopped };
        var held = grid.State.Book.Held;
        var left =
            held > 0
                ? $"; {IncrementMath.Text(IncrementMath.Shortest(held))} {grid.Run.Market.Base} are {(isKept ? "kept" : "too little to be sold")}"
                : "";
        grid.Note($"over ({grid.State.Closing}): {grid.State.Book.Realized:0.########} {grid.Run.Market.Quote} earned{left}");
    }
}
