using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Running;

/// <summary>A grid bot as the engine runs it.</summary>
internal sealed class GridProgram(GridSettings settings, GridState state) : BotProgram
{
    public GridSettings Settings => settings;
    public GridState Value => state;

    public override string State => BotText.Of(state);

    public override IReadOnlyList<BotOrder> Orders => state.Orders;

    public override bool IsOver => state.Phase == GridPhase.Over && state.Orders.Count == 0;

    public override bool WaitsForFunds => state.Problem is not null || state.Cells.Any(c => c.Status == LineStatus.WaitingFunds);

    public override string? Problem => state.Phase == GridPhase.Over ? null : state.Problem ?? CellProblem;

    public override BotFigures Figures =>
        new(
            state.Book.Held,
            state.Cells.Sum(c => c.Cost) + state.CarryCost + state.KeptCost,
            state.GridProfit + state.ClosedProfit,
            state.Pairs,
            state.Cells.Count(c => c.IsHeld && c.Coins > 0),
            state.Cells.Count > 0 ? state.Lower : settings.Lower,
            state.Cells.Count > 0 ? state.Upper : settings.Upper
        );

    public override IReadOnlyList<BotLine> Lines(Market market) =>
        [.. Others().Concat(state.Cells.OrderByDescending(c => c.Lower).Select(Line))];

    public override BotStep Plan(BotContext context, IReadOnlyList<BotEvent> events)
    {
        var plan = GridPlanner.Plan(settings, context, state, events);
        return new(new GridProgram(settings, plan.State), plan.Actions, plan.Interest);
    }

    /// <summary>A grid's books begin with its start price: another start is another grid.</summary>
    public override BotProgram? Restarted() => null;

    public override ProfitSplit Profit(decimal price) => ProfitSplit.Of(state, settings.Direction, price);

    private string? CellProblem =>
        state.Cells.FirstOrDefault(c => c.Status is LineStatus.NeedsYou or LineStatus.CancelledByYou) is { } cell
            ? $"Line {cell.Lower} – {cell.Upper}: {cell.Problem ?? "its order was cancelled at the exchange; put it back, or leave it"}"
            : null;

    // The start, or the way out.
    private IEnumerable<BotLine> Others() =>
        state
            .Orders.Where(o => GridCell.IdOf(o.Slot) is null)
            .Select(o => new BotLine(
                o.Slot,
                o.Slot == GridRun.InitialSlot ? "Start" : "At market",
                null,
                o.Side,
                o.Price,
                o.Quantity,
                o.Executed,
                LineStatus.Resting,
                null,
                null,
                null,
                null,
                o.Key.Leg
            ));

    private BotLine Line(GridCell cell)
    {
        var order = state.Orders.FirstOrDefault(o => o.Slot == cell.Slot);
        var sells = cell.IsHeld == (settings.Direction == BotDirection.Long);
        return new(
            cell.Slot,
            $"{cell.Lower} – {cell.Upper}",
            null,
            sells ? OrderSide.Sell : OrderSide.Buy,
            order?.Price ?? (sells ? cell.Upper : cell.Lower),
            order?.Quantity ?? (cell.IsHeld ? cell.Coins : cell.Quantity),
            order?.Executed ?? 0,
            order is null ? cell.Status : LineStatus.Resting,
            cell.Asked,
            cell.Free,
            cell.RetryAt,
            cell.Problem,
            order?.Key.Leg
        );
    }
}
