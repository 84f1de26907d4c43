using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Recurring;

namespace ExEngine.Core.Bots.Backtest;

/// <summary>The planner that paper and live run, with its state in memory.</summary>
internal abstract class BacktestBot
{
    /// <summary>Events and the world to actions and the next prices of interest.</summary>
    public abstract (IReadOnlyList<BotAction> Actions, BotInterest Interest) Plan(BotContext context, IReadOnlyList<BotEvent> events);

    /// <summary>The state as it would be stored.</summary>
    public abstract string State { get; }

    public abstract bool IsOver { get; }

    /// <summary>Facts of the result in quote and numbers.</summary>
    public abstract BacktestDeals Deals { get; }
}

/// <summary>A DCA bot of a backtest.</summary>
internal sealed class DcaBacktestBot(DcaSettings settings, BacktestStarts starts) : BacktestBot
{
    private DcaState _state = new();
    private int _won;
    private decimal _realized;
    private int _over;
    private int _mostSafety;

    public override string State => BotText.Of(_state);

    public override bool IsOver => _state.Mode == BotMode.Stopped;

    public override BacktestDeals Deals =>
        new(_state.DealsOver, _won, _mostSafety, _state.Realized + _state.Deals.Sum(d => d.Book.Realized));

    public override (IReadOnlyList<BotAction> Actions, BotInterest Interest) Plan(BotContext context, IReadOnlyList<BotEvent> events)
    {
        var plan = DcaPlanner.Plan(settings, context with { Start = starts.At(context.Now) }, _state, events);
        _state = plan.State;
        if (_state.DealsOver > _over)
        {
            _won += _state.Realized > _realized ? 1 : 0;
            (_over, _realized) = (_state.DealsOver, _state.Realized);
        }

        foreach (var deal in _state.Deals)
        {
            _mostSafety = Math.Max(_mostSafety, deal.Lines.Count(l => l.Filled > 0));
        }

        return (plan.Actions, plan.Interest);
    }
}

/// <summary>A grid bot of a backtest.</summary>
internal sealed class GridBacktestBot(GridSettings settings) : BacktestBot
{
    private GridState _state = new();

    public override string State => BotText.Of(_state);

    public override bool IsOver => _state.Phase == GridPhase.Over;

    public override BacktestDeals Deals => new(_state.Pairs, _state.Pairs, 0, _state.GridProfit);

    public override (IReadOnlyList<BotAction> Actions, BotInterest Interest) Plan(BotContext context, IReadOnlyList<BotEvent> events)
    {
        var plan = GridPlanner.Plan(settings, context, _state, events);
        _state = plan.State;
        return (plan.Actions, plan.Interest);
    }
}

/// <summary>
/// Recurring buys of a backtest. It is always there, and looks only at moments of candles: a time is used at the next of them.
/// </summary>
internal sealed class RecurringBacktestBot(RecurringSettings settings) : BacktestBot
{
    private readonly RecurringSettings _settings = settings with { CatchUp = CatchUp.One };
    private RecurringState _state = new();

    public override string State => BotText.Of(_state);

    public override bool IsOver => _state.Mode == BotMode.Stopped;

    public override BacktestDeals Deals => new(_state.Buys, 0, 0, _state.Book.Realized);

    public override (IReadOnlyList<BotAction> Actions, BotInterest Interest) Plan(BotContext context, IReadOnlyList<BotEvent> events)
    {
        var plan = RecurringPlanner.Plan(_settings, context, _state, events);
        _state = plan.State;
        return (plan.Actions, plan.Interest);
    }
}

/// <param name="Count">Deals that are over, matched pairs of a grid, or buys.</param>
/// <param name="Won">Of these, those that earned.</param>
/// <param name="MostSafetyOrders">Used by one deal.</param>
/// <param name="Realized">In quote, fees in quote included: without what is still open.</param>
public sealed record BacktestDeals(int Count, int Won, int MostSafetyOrders, decimal Realized);
