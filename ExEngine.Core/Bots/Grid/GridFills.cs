using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Bots.Grid;

/// <summary>Fills move cells between waiting to enter and holding; nothing else does.</summary>
internal static class GridFills
{
    public static void Apply(GridRun grid, BotFill fill)
    {
        if (SeenTrades.With(grid.State.Trades, fill.TradeId) is not { } trades)
        {
            return;
        }

        var before = grid.State.Book;
        var book = BookMath.Apply(before, grid.Direction, fill, grid.Run.Market);
        grid.State = grid.State with { Trades = trades, Book = book };
        var enters = fill.Side == grid.Direction.EntrySide();
        if (grid.Cell(fill.Key.Slot) is { } cell)
        {
            grid.Set(enters ? Entered(grid, cell, fill, before, book) : Left(grid, cell, fill, before, book));
        }
        else
        {
            Other(grid, fill, enters, before, book);
        }

        if (grid.Orders.Count(fill) is { } ended)
        {
            GridEnds.Apply(grid, ended.Order, ended.How, null);
        }
    }

    /// <summary>A cell whose entry is complete holds: it leaves with what its coins and the carry give on the step (C4).</summary>
    public static GridCell Held(GridRun grid, GridCell cell)
    {
        var pool = cell.Coins + grid.State.Carry;
        var quantity = Math.Min(Math.Max(cell.Quantity, cell.Entered), grid.Run.Market.QuantityIncrements.Down(pool));
        var (coins, cost) = (cell.Coins, cell.Cost);
        if (quantity < coins)
        {
            var rest = Share(cost, coins - quantity, coins);
            Carry(grid, coins - quantity, rest);
            (coins, cost) = (quantity, cost - rest);
        }
        else if (quantity > coins)
        {
            var more = Share(grid.State.CarryCost, quantity - coins, grid.State.Carry);
            Carry(grid, coins - quantity, -more);
            (coins, cost) = (quantity, cost + more);
        }

        return cell with
        {
            IsHeld = true,
            Coins = coins,
            Cost = cost,
            ExitQuantity = ExitQuantity(grid, cell, coins),
            Exited = 0,
            Status = LineStatus.Planned,
            Failures = 0,
            Offset = 0,
            Problem = null,
        };
    }

    /// <summary>A cell whose exit is complete waits to enter again; coins that it kept are profit or carry.</summary>
    public static GridCell Waits(GridRun grid, GridCell cell)
    {
        if (grid.Settings.ProfitCurrency == ProfitCurrency.Base && cell.ExitQuantity > 0 && cell.Exited >= cell.ExitQuantity)
        {
            grid.State = grid.State with { Kept = grid.State.Kept + cell.Coins, KeptCost = grid.State.KeptCost + cell.Cost };
        }
        else
        {
            Carry(grid, cell.Coins, cell.Cost);
        }

        return cell with
        {
            IsHeld = false,
            Quantity = grid.QuantityNow(),
            Entered = 0,
            Coins = 0,
            Cost = 0,
            ExitQuantity = 0,
            Exited = 0,
            Status = LineStatus.Planned,
            Failures = 0,
            Offset = 0,
            Problem = null,
        };
    }

    /// <summary>Coins and their cost to the carry, or from it when negative.</summary>
    public static void Carry(GridRun grid, decimal coins, decimal cost) =>
        grid.State = grid.State with { Carry = grid.State.Carry + coins, CarryCost = grid.State.CarryCost + cost };

    public static decimal Share(decimal cost, decimal part, decimal whole) => part >= whole ? cost : Proportion.Of(cost, part, whole);

    private static GridCell Entered(GridRun grid, GridCell cell, BotFill fill, BotBook before, BotBook after)
    {
        if (cell.IsHeld)
        {
            // Late, for an entry that was thought to have ended: the coins are the bot's.
            Carry(grid, after.Held - before.Held, after.Cost - before.Cost);
            return cell;
        }

        cell = cell with
        {
            Entered = cell.Entered + fill.Quantity,
            Coins = cell.Coins + after.Held - before.Held,
            Cost = cell.Cost + after.Cost - before.Cost,
            Failures = 0,
        };
        return cell.Entered >= cell.Quantity ? Held(grid, cell) : cell;
    }

    // Profit by the cell's own coins: a sell is matched with the buy that it came from, not with the average of all.
    private static GridCell Left(GridRun grid, GridCell cell, BotFill fill, BotBook before, BotBook after)
    {
        var coins = LeftCoins(fill, grid);
        var part = Math.Min(coins, cell.Coins);
        var own = part > 0 ? Share(cell.Cost, part, cell.Coins) : 0;

        // Late: those coins went to the carry when the exit was thought to have ended.
        var late = Math.Min(coins - part, grid.State.Carry);
        var more = late > 0 ? Share(grid.State.CarryCost, late, grid.State.Carry) : 0;
        Carry(grid, -late, -more);
        var money = after.Money - before.Money;
        grid.State = grid.State with { GridProfit = grid.State.GridProfit + money - (grid.Direction.Sign() * (own + more)) };
        cell = cell with { Coins = cell.Coins - part, Cost = cell.Cost - own, Exited = cell.Exited + fill.Quantity };
        if (!cell.IsHeld || cell.Exited < cell.ExitQuantity)
        {
            return cell;
        }

        grid.State = grid.State with { Pairs = grid.State.Pairs + 1 };
        var line = grid.Exit(cell);
        if (fill.Price != line && grid.Direction.HasReached(fill.Price, line))
        {
            grid.Run.NoteFill($"caught up: the line at {grid.Run.Market.PriceIncrements.Text(line)} was left at {fill.Price}");
        }

        return Waits(grid, cell);
    }

    private static decimal LeftCoins(BotFill fill, GridRun grid)
    {
        var fee = fill.FeeAsset == grid.Run.Market.Base ? fill.Fee : 0;
        return grid.Direction == BotDirection.Long ? fill.Quantity + fee : fill.Quantity - fee;
    }

    // The start's order and exits at market: their coins come to the carry and go from it.
    private static void Other(GridRun grid, BotFill fill, bool enters, BotBook before, BotBook after)
    {
        if (enters)
        {
            Carry(grid, after.Held - before.Held, after.Cost - before.Cost);
            return;
        }

        var coins = Math.Min(LeftCoins(fill, grid), grid.State.Carry);
        var cost = coins > 0 ? Share(grid.State.CarryCost, coins, grid.State.Carry) : 0;
        Carry(grid, -coins, -cost);
        var profit = after.Money - before.Money - (grid.Direction.Sign() * cost);
        grid.State = grid.State with { ClosedProfit = grid.State.ClosedProfit + profit };
    }

    // With profit in coins a sell is only as large as pays for the next buy of its cell.
    private static decimal ExitQuantity(GridRun grid, GridCell cell, decimal coins)
    {
        if (grid.Settings.ProfitCurrency == ProfitCurrency.Quote || grid.Direction == BotDirection.Short)
        {
            return coins;
        }

        var fees = grid.Context.Fees;
        var cost = cell.Quantity * cell.Lower * (1 + fees.OnCost(fees.BuyMaker));
        var net = cell.Upper * (1 - (fees.Coin == FeeCoin.Third ? 0 : fees.SellMaker));
        return Math.Min(coins, grid.Run.Market.QuantityIncrements.Up(cost / net) ?? coins);
    }
}
