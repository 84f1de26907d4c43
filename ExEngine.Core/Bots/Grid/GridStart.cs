using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Bots.Grid;

/// <summary>The trigger, the sizes, the purchase for the exits, and how its coins are shared out.</summary>
internal static class GridStart
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(60);

    public static void Plan(GridRun grid)
    {
        if (grid.Context.Price is not { } price || !grid.Run.MayAct || !IsTriggered(grid, price))
        {
            if (grid.Context.Price is null)
            {
                grid.Run.WatchAll();
            }

            return;
        }

        if (grid.State.RetryAt > grid.Run.Now && !grid.FundsChanged)
        {
            grid.Run.WakeAt(grid.State.RetryAt);
            return;
        }

        var size = GridSize.Of(grid.Settings, grid.Run.Market, grid.Context.Fees, price);
        var verdict = size.Initial > 0 ? grid.Run.Fit(grid.Direction.EntrySide(), null, size.Initial) : null;
        if (size.Quantity <= 0 || verdict is { Order: null })
        {
            grid.Problem(verdict?.Refusal?.Message ?? "The investment is too small for these lines; invest more, or use fewer.");
            Later(grid);
            return;
        }

        if (verdict?.Order is { } order && grid.Run.Shortage(order) is { } shortage)
        {
            grid.Problem($"The start waits for {shortage.Asked - shortage.Free:0.########} {grid.Run.Market.Quote}.", BotNote.Warning);
            Later(grid);
            return;
        }

        Begin(grid, size, price);
        if (verdict?.Order is { } initial)
        {
            grid.Orders.Add(grid.Run.Place(GridRun.InitialSlot, initial, Effect.Open));
        }
        else
        {
            Share(grid);
        }
    }

    /// <summary>What the start's order bought is shared out; there is never a second one without the user.</summary>
    public static void Ended(GridRun grid, BotOrderEnd how)
    {
        if (how != BotOrderEnd.Filled)
        {
            grid.Note($"the purchase for the start ended early ({how}); the exits nearest to the price come first", BotNote.Warning);
        }

        Share(grid);
    }

    private static void Begin(GridRun grid, GridSize size, decimal price)
    {
        var (raw, lines) = (GridMath.RawLines(grid.Settings), GridMath.Lines(grid.Settings, grid.Run.Market));
        var isLong = grid.Direction == BotDirection.Long;
        var own = isLong ? grid.Settings.UseOwnBase : 0;
        var book = grid.State.Book;
        grid.State = grid.State with
        {
            Phase = GridPhase.Initial,
            StartPrice = price,
            StartLine = size.EmptyLine,
            Quantity = size.Quantity,
            InitialAsked = size.Initial,
            Invested = grid.Settings.Investment,
            OwnBaseCost = own * price,
            Book = book with { Held = own, Cost = own * price, BareCost = own * price, BareQuantity = own },
            Carry = own,
            CarryCost = own * price,
            Cells =
            [
                .. Enumerable
                    .Range(0, grid.Settings.Grids)
                    .Select(i => new GridCell
                    {
                        Id = i,
                        Lower = lines[i],
                        Upper = lines[i + 1],
                        Quantity = size.Quantity,
                        IsHeld = isLong ? i >= size.EmptyLine : i < size.EmptyLine,
                    }),
            ],
            LastCell = grid.Settings.Grids - 1,
            RawLower = raw[0],
            RawUpper = raw[^1],
            Width = GridMath.Width(grid.Settings),
            Ratio = GridMath.RatioOrZero(grid.Settings),
            Problem = null,
            RetryAt = null,
        };
    }

    /// <summary>
    /// All of it is in the carry until now. The exits nearest to the price get theirs first; cells without coins wait for some.
    /// </summary>
    public static void Share(GridRun grid)
    {
        grid.State = grid.State with { Phase = GridPhase.Running };
        var held = grid.State.Cells.Where(c => c is { IsHeld: true, Coins: 0 }).ToList();
        foreach (var cell in grid.Direction == BotDirection.Long ? held : held.AsEnumerable().Reverse())
        {
            var full = grid.State.Carry >= cell.Quantity;
            grid.Set(full ? GridFills.Held(grid, cell) : cell with { Status = LineStatus.WaitingFunds, Problem = "waits for coins" });
        }
    }

    private static bool IsTriggered(GridRun grid, decimal price)
    {
        if (grid.Settings.TriggerPrice is not { } trigger)
        {
            return true;
        }

        var from = grid.State.TriggerFrom ?? price;
        grid.State = grid.State with { TriggerFrom = from };
        if (from >= trigger ? price <= trigger : price >= trigger)
        {
            return true;
        }

        grid.Run.WatchBelow(from >= trigger ? trigger : null);
        grid.Run.WatchAbove(from >= trigger ? null : trigger);
        return false;
    }

    private static void Later(GridRun grid)
    {
        grid.State = grid.State with { RetryAt = grid.Run.Now + Retry };
        grid.Run.WakeAt(grid.State.RetryAt);
    }
}
