using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Recurring;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Running;

/// <summary>Recurring buys as the engine runs them.</summary>
internal sealed class RecurringProgram(RecurringSettings settings, RecurringState state) : BotProgram
{
    public RecurringSettings Settings => settings;
    public RecurringState Value => state;

    public override string State => BotText.Of(state);

    public override IReadOnlyList<BotOrder> Orders => state.Orders;

    public override bool IsOver => state.Mode == BotMode.Stopped && state.Orders.Count == 0;

    public override bool WaitsForFunds => state.RetryAt is not null;

    public override string? Problem => state.RetryAt is null ? null : state.Problem;

    public override BotFigures Figures => new(state.Book.Held, state.Book.Cost, state.Book.Realized, state.Buys, 0, null, null);

    public override IReadOnlyList<BotLine> Lines(Market market) =>
        [
            .. state.Orders.Select(o => new BotLine(
                o.Slot,
                $"Buy {o.Slot[1..]}",
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
            )),
        ];

    public override BotStep Plan(BotContext context, IReadOnlyList<BotEvent> events)
    {
        var plan = RecurringPlanner.Plan(settings, context, state, events);
        return new(new RecurringProgram(settings, plan.State), plan.Actions, plan.Interest);
    }

    public override BotProgram Restarted() =>
        new RecurringProgram(settings, state with { Mode = BotMode.Running, NextAt = null, RetryAt = null });

    public override ProfitSplit Profit(decimal price) =>
        new(state.Book.Realized, 0, BookMath.Floating(state.Book, BotDirection.Long, price), state.Book.Money + (state.Book.Held * price));
}
