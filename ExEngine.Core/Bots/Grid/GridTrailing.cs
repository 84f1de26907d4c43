using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Grid;

/// <summary>
/// The range follows the price by one interval at a time. In the direction of profit the cell at the far end waits to enter: its order
/// comes off, proven, and a cell is added where the price is. Against it the cell at the far end holds: its coins are kept, and the new
/// cell takes fresh quote.
/// </summary>
internal static class GridTrailing
{
    public static void Plan(GridRun grid)
    {
        if (grid.State.Leaving is { } leaving)
        {
            Go(grid, leaving);
        }

        if (grid.State.Leaving is null && grid.State.Mode == BotMode.Running)
        {
            Look(grid, up: true);
            Look(grid, up: false);
        }
    }

    // Up is the direction of prices here; for a long it is the direction of profit.
    private static void Look(GridRun grid, bool up)
    {
        var withProfit = up == (grid.Direction == BotDirection.Long);
        if (!(withProfit ? grid.Settings.TrailingUp : grid.Settings.TrailingDown))
        {
            return;
        }

        var raw = Next(grid, up);
        var line = grid.Run.Market.PriceIncrements.Down(raw);
        var limit = withProfit ? grid.Settings.TrailingUpLimit : grid.Settings.TrailingDownLimit;
        if (line <= 0 || (up ? line > limit : line < limit))
        {
            return;
        }

        if (up)
        {
            grid.Run.WatchAbove(line);
        }
        else
        {
            grid.Run.WatchBelow(line);
        }

        if (grid.Context.Price is not { } price || !(up ? price > line : price < line) || !grid.Run.MayAct || IsPumped(grid, up))
        {
            return;
        }

        var far = up ? grid.State.Cells[0] : grid.State.Cells[^1];
        if (far.IsHeld == withProfit || far.Entered > 0 || far.Exited > 0 || !IsPaid(grid, up, withProfit, far))
        {
            return;
        }

        grid.State = grid.State with { Leaving = far.Id };
        if (grid.Orders.At(far.Slot) is { } order)
        {
            grid.Orders.Set(grid.Run.Cancel(order));
        }

        Go(grid, far.Id);
    }

    // The cell leaves when its order is gone and nothing was filled meanwhile.
    private static void Go(GridRun grid, int id)
    {
        var cell = grid.Cell(id);
        if (grid.Orders.At(cell.Slot) is not null)
        {
            return;
        }

        var up = id == grid.State.Cells[0].Id;
        var withProfit = up == (grid.Direction == BotDirection.Long);
        grid.State = grid.State with { Leaving = null };
        if (cell.IsHeld == withProfit || cell.Entered > 0 || cell.Exited > 0)
        {
            grid.Note("the range stays: the order that was to come off was filled");
            return;
        }

        Step(grid, cell, up, withProfit);
    }

    private static void Step(GridRun grid, GridCell far, bool up, bool withProfit)
    {
        var raw = Next(grid, up);
        var line = grid.Run.Market.PriceIncrements.Down(raw);
        var added = new GridCell
        {
            Id = grid.State.LastCell + 1,
            Lower = up ? grid.State.Upper : line,
            Upper = up ? line : grid.State.Lower,
            Quantity = far.Quantity,
        };
        added = added with { Quantity = Paid(grid, far, added, withProfit) };
        var rest = grid.State.Cells.Where(c => c.Id != far.Id).ToList();
        var (ratio, width) = (grid.State.Ratio, grid.State.Width);
        var moved = up ? line - grid.State.Upper : line - grid.State.Lower;
        grid.State = grid.State with
        {
            Cells = up ? [.. rest, added] : [added, .. rest],
            LastCell = added.Id,
            RawUpper =
                up ? raw
                : ratio > 0 ? grid.State.RawUpper / ratio
                : grid.State.RawUpper - width,
            RawLower = up ? (ratio > 0 ? grid.State.RawLower * ratio : grid.State.RawLower + width) : raw,
            Kept = grid.State.Kept + far.Coins,
            KeptCost = grid.State.KeptCost + far.Cost,
            Moved = grid.State.Moved + (grid.Settings.MoveStops ? moved : 0),
            Problem = null,
        };
        grid.Run.WatchAll();
        grid.Note($"the range moves to {grid.State.Lower} – {grid.State.Upper}");
    }

    private static decimal Next(GridRun grid, bool up)
    {
        var (ratio, width) = (grid.State.Ratio, grid.State.Width);
        return ratio > 0
            ? up
                ? grid.State.RawUpper * ratio
                : grid.State.RawLower / ratio
            : up
                ? grid.State.RawUpper + width
                : grid.State.RawLower - width;
    }

    private static bool IsPumped(GridRun grid, bool up)
    {
        var width = Math.Abs(Next(grid, up) - (up ? grid.State.RawUpper : grid.State.RawLower));
        var isPumped = grid.Context.LastMinuteMove > grid.Settings.PumpGuard * width;
        if (isPumped)
        {
            grid.Run.WakeAt(grid.Run.Now.AddSeconds(60));
        }

        return isPumped;
    }

    // In quote: what the new entry takes above what the old one frees.
    private static decimal Extra(GridRun grid, bool up, bool withProfit, GridCell far)
    {
        var rate = 1 + grid.Context.Fees.OnCost(grid.Context.Fees.Maker(grid.Direction.EntrySide()));
        var entry = up ? grid.State.Upper : grid.State.Lower;
        if (grid.Direction == BotDirection.Long && !up)
        {
            entry = grid.Run.Market.PriceIncrements.Down(Next(grid, up));
        }

        return far.Quantity * rate * (entry - (withProfit ? grid.Entry(far) : 0));
    }

    private static bool IsPaid(GridRun grid, bool up, bool withProfit, GridCell far)
    {
        var extra = Extra(grid, up, withProfit, far);
        if (extra <= 0)
        {
            return true;
        }

        var rate = 1 + grid.Context.Fees.OnCost(grid.Context.Fees.BuyMaker);
        var entries = grid.State.Cells.Where(c => !c.IsHeld).Sum(c => grid.Entry(c) * (c.Quantity - c.Entered) * rate);
        var there = grid.Settings.TrailFunds switch
        {
            TrailFunds.Profit => grid.State.Cash - entries,
            TrailFunds.Balance => grid.Run.FreeQuote ?? decimal.MaxValue,
            _ => withProfit ? decimal.MaxValue : grid.State.Cash - entries,
        };
        if (there >= extra)
        {
            return true;
        }

        grid.Problem($"Trailing waits for {extra - Math.Max(0, there):0.########} {grid.Run.Market.Quote}.", BotNote.Warning);
        return false;
    }

    // What is freed pays for a smaller line, or the investment grows by what it takes.
    private static decimal Paid(GridRun grid, GridCell far, GridCell added, bool withProfit)
    {
        var (freed, price) = (far.Quantity * (withProfit ? grid.Entry(far) : 0), grid.Entry(added));
        if (grid.Settings.TrailFunds == TrailFunds.Shrink && withProfit && price > 0)
        {
            return ExactCost.QuantityWithin(freed, price, grid.Run.Market.QuantityIncrements) ?? 0;
        }

        if (grid.Settings.TrailFunds == TrailFunds.Balance)
        {
            var rate = 1 + grid.Context.Fees.OnCost(grid.Context.Fees.Maker(grid.Direction.EntrySide()));
            grid.State = grid.State with { Invested = grid.State.Invested + Math.Max(0, ((price * far.Quantity) - freed) * rate) };
        }

        return far.Quantity;
    }
}
