using System.Globalization;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Bots.Recurring;

/// <summary>Recurring buys, pure, as the other planners: each due time gives one market buy or one reason why not.</summary>
public static class RecurringPlanner
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(60);

    /// <summary>A time that is used later than this was missed.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    public static BotPlan<RecurringState> Plan(
        RecurringSettings settings,
        BotContext context,
        RecurringState state,
        IReadOnlyList<BotEvent> events
    )
    {
        var run = new BotPlanBuilder(context, state.LastGeneration);
        var orders = new BotOrders(state.Orders);
        foreach (var happened in events)
        {
            state = Apply(settings, state, orders, happened, context.Market);
        }

        if (state.Mode == BotMode.Running)
        {
            state = Due(settings, state with { NextAt = state.NextAt ?? RecurringTime.Next(settings.Schedule, run.Now) }, orders, run);
        }

        return new(state with { Orders = [.. orders.All], LastGeneration = run.LastGeneration }, run.Actions, run.Interest);
    }

    private static RecurringState Apply(
        RecurringSettings settings,
        RecurringState state,
        BotOrders orders,
        BotEvent happened,
        Market market
    )
    {
        switch (happened)
        {
            case BotEvent.Filled(var fill) when SeenTrades.With(state.Trades, fill.TradeId) is { } trades:
                orders.Count(fill);
                var isOfMonth = RecurringTime.Month(settings.Schedule, fill.At) == state.Month;
                return state with
                {
                    Trades = trades,
                    Book = BookMath.Apply(state.Book, BotDirection.Long, fill, market),
                    MonthSpent = state.MonthSpent + (isOfMonth ? fill.Cost : 0),
                };
            case BotEvent.Ended end:
                orders.End(end);
                return state;
            case BotEvent.FundsChanged:
                return state with { RetryAt = null };
            case BotEvent.FinishAsked or BotEvent.CancelAsked or BotEvent.CloseAsked:
                return state with { Mode = BotMode.Stopped };
            default:
                return state;
        }
    }

    private static RecurringState Due(RecurringSettings settings, RecurringState state, BotOrders orders, BotPlanBuilder run)
    {
        if (run.Now < state.NextAt || run.Now < state.RetryAt)
        {
            run.WakeAt(run.Now < state.RetryAt ? state.RetryAt : state.NextAt);
            return state;
        }

        var month = RecurringTime.Month(settings.Schedule, run.Now);
        state = month == state.Month ? state : state with { Month = month, MonthSpent = 0 };
        if (settings.CatchUp == CatchUp.None && run.Now - state.NextAt > Late && state.RetryAt is null)
        {
            return Skip(settings, state, run, $"the buy of {state.NextAt:u} was missed");
        }

        if (!run.MayAct || run.Context.Price is not { } price || orders.All.Count > 0)
        {
            run.WakeAt(run.Now + Retry);
            return state with { RetryAt = run.Now + Retry };
        }

        return Reason(settings, state, price) is { } reason ? Skip(settings, state, run, reason) : Buy(settings, state, orders, run, price);
    }

    private static string? Reason(RecurringSettings settings, RecurringState state, decimal price) =>
        price < settings.MinPrice || price > settings.MaxPrice ? $"the price {price} is outside the window"
        : settings.SkipAbove is { } percent && state.Book.Average is { } average && price > average * (1 + (percent / 100))
            ? $"the price {price} is more than {percent} % above the average {average:0.########}"
        : state.MonthSpent + settings.Amount > settings.MonthlyLimit
            ? $"the month's limit of {settings.MonthlyLimit} would be passed: {state.MonthSpent:0.########} are used"
        : null;

    private static RecurringState Skip(RecurringSettings settings, RecurringState state, BotPlanBuilder run, string reason)
    {
        run.Note(BotNote.Info, $"No buy this time: {reason}");
        return Next(settings, state, run) with { Problem = reason };
    }

    private static RecurringState Next(RecurringSettings settings, RecurringState state, BotPlanBuilder run)
    {
        var next = RecurringTime.Next(settings.Schedule, run.Now);
        run.WakeAt(next);
        return state with { NextAt = next, RetryAt = null };
    }

    private static RecurringState Buy(RecurringSettings settings, RecurringState state, BotOrders orders, BotPlanBuilder run, decimal price)
    {
        var quantity = ExactCost.QuantityWithin(settings.Amount, price, run.Market.QuantityIncrements) ?? 0;
        var verdict = run.Fit(OrderSide.Buy, null, quantity);
        if (verdict.Order is not { } order)
        {
            return Skip(settings, state, run, verdict.Refusal!.Message);
        }

        if (run.Shortage(order) is { } shortage)
        {
            var problem = $"the buy waits for {shortage.Asked - shortage.Free:0.########} {run.Market.Quote}";
            if (state.Problem != problem)
            {
                run.Note(BotNote.Warning, problem);
            }

            run.WakeAt(run.Now + Retry);
            return state with { Problem = problem, RetryAt = run.Now + Retry };
        }

        var number = state.Buys + 1;
        orders.Add(run.Place(string.Create(CultureInfo.InvariantCulture, $"r{number}"), order, Effect.Open));
        return Next(settings, state, run) with { Buys = number, Problem = null };
    }
}
