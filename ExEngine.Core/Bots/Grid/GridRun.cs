using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Grid;

/// <summary>A grid while one plan is made.</summary>
internal sealed class GridRun(GridSettings settings, GridState state, BotPlanBuilder run)
{
    public const string InitialSlot = "init";
    public const string ExitSlot = "exit";

    public GridSettings Settings => settings;
    public GridState State { get; set; } = state;
    public BotPlanBuilder Run => run;
    public BotOrders Orders { get; } = new(state.Orders);
    public BotContext Context => run.Context;
    public BotDirection Direction => settings.Direction;
    public bool FundsChanged { get; set; }

    /// <summary>Quote per base: where a cell enters and leaves.</summary>
    public decimal Entry(GridCell cell) => Direction == BotDirection.Long ? cell.Lower : cell.Upper;

    public decimal Exit(GridCell cell) => Direction == BotDirection.Long ? cell.Upper : cell.Lower;

    public GridCell? Cell(string slot) => GridCell.IdOf(slot) is { } id ? State.Cells.FirstOrDefault(c => c.Id == id) : null;

    public GridCell Cell(int id) => State.Cells.First(c => c.Id == id);

    public void Set(GridCell cell) => State = State with { Cells = [.. State.Cells.Select(c => c.Id == cell.Id ? cell : c)] };

    public void Note(string text, BotNote kind = BotNote.Info) => run.Note(kind, text);

    /// <summary>Told once, until there is another reason or none.</summary>
    public void Problem(string problem, BotNote kind = BotNote.NeedsYou)
    {
        if (State.Problem != problem)
        {
            State = State with { Problem = problem };
            run.Note(kind, problem);
        }
    }

    /// <summary>In base: what an entry is for now; reinvested profit and added funds make it larger, never smaller.</summary>
    public decimal QuantityNow()
    {
        var added = Math.Max(0, State.Invested - settings.Investment);
        var profit = Math.Max(0, State.GridProfit) * settings.Reinvest / 100;
        return settings.Investment > 0
            ? run.Market.QuantityIncrements.Down(State.Quantity * (settings.Investment + added + profit) / settings.Investment)
            : State.Quantity;
    }

    /// <summary>In quote: what resting entries of the bot may still take, fees included.</summary>
    public decimal Promised() =>
        Orders.All.Where(o => o.Side == OrderSide.Buy).Sum(o => (o.Price ?? Context.Price ?? 0) * o.Remaining * (1 + BuyFee(o)));

    public GridState Outcome() => State with { Orders = [.. Orders.All], LastGeneration = run.LastGeneration };

    private decimal BuyFee(BotOrder order) =>
        Context.Fees.OnCost(order.Type == OrderType.Market ? Context.Fees.BuyTaker : Context.Fees.BuyMaker);
}
