using System.Globalization;

namespace ExEngine.Core.Bots.Dca;

/// <summary>
/// A DCA bot, pure: settings, the world, what is remembered and what happened → what is remembered then and what to do. Paper, live and
/// backtest run it alike. Events of one call are all applied before anything is planned; a call without any is a tick or an alarm clock.
/// </summary>
public static class DcaPlanner
{
    public static BotPlan<DcaState> Plan(DcaSettings settings, BotContext context, DcaState state, IReadOnlyList<BotEvent> events)
    {
        var run = new BotPlanBuilder(context, state.LastGeneration);
        state = BotEvents(state, events);
        if (events.Any(e => e is BotEvent.DealsEdited))
        {
            state = state with { Deals = [.. state.Deals.Select(d => DealEditing.With(d, settings, run))] };
        }

        var deals = new List<Deal>();
        foreach (var deal in state.Deals)
        {
            var after = DealPlanner.Plan(deal, [.. events.Where(e => Concerns(e, deal))], run);
            if (after.IsOver)
            {
                run.Over(after);
                state = Over(settings, state, after, context);
            }
            else
            {
                deals.Add(after);
            }
        }

        state = Late(settings, state with { Deals = deals }, events, context, run);
        state = DcaOpening.Plan(settings, state, run, events.Any(e => e is BotEvent.FundsChanged));
        if (state is { Mode: BotMode.Finishing, Deals.Count: 0 })
        {
            state = state with { Mode = BotMode.Stopped };
        }

        return new(state with { LastGeneration = run.LastGeneration }, run.Actions, run.Interest);
    }

    private static DcaState BotEvents(DcaState state, IReadOnlyList<BotEvent> events)
    {
        foreach (var happened in events)
        {
            state = happened switch
            {
                BotEvent.FinishAsked
                or BotEvent.CloseAsked { Deal: null }
                or BotEvent.CancelAsked { Deal: null } when state.Mode == BotMode.Running => state with
                {
                    Mode = BotMode.Finishing,
                    StartAskedBy = null,
                },
                BotEvent.StartAsked(var by) when state.Mode == BotMode.Running => state with { StartAskedBy = by },
                _ => state,
            };
        }

        return state;
    }

    private static bool Concerns(BotEvent happened, Deal deal)
    {
        return happened switch
        {
            BotEvent.Filled(var fill) => IsOf(fill.Key.Slot),
            BotEvent.Ended end => IsOf(end.Key.Slot),
            BotEvent.LineAnswered(var slot, _) => IsOf(slot),
            BotEvent.CloseAsked(var number) => number is null || number == deal.Number,
            BotEvent.CancelAsked(var number) => number is null || number == deal.Number,
            BotEvent.FundsAdded added => added.Deal == deal.Number,
            BotEvent.TargetsEdited edited => edited.Deal == deal.Number,
            BotEvent.FundsChanged => true,
            _ => false,
        };

        bool IsOf(string slot) => DealOf(slot) == deal.Number;
    }

    private static int? DealOf(string slot) =>
        slot.IndexOf('.', StringComparison.Ordinal) is > 1 and var dot
        && int.TryParse(slot.AsSpan(1, dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static DcaState Over(DcaSettings settings, DcaState state, Deal deal, BotContext context) =>
        state with
        {
            DealsOver = state.DealsOver + 1,
            Realized = state.Realized + deal.Book.Realized,
            Money = state.Money + deal.Book.Money,
            Left = state.Left with { Held = state.Left.Held + deal.Book.Held, Cost = state.Left.Cost + deal.Book.Cost },
            LateTrades = [.. state.LateTrades.Concat(deal.Trades).TakeLast(SeenTrades.Kept)],
            ReadyAt = context.Now.AddSeconds(Pause(settings, deal)),
            Mode = deal is { Status: DealStatus.Stopped, Settings.StopLoss.StopsBot: true } ? BotMode.Finishing : state.Mode,
        };

    // A start that bought nothing must not become a storm of starts.
    private static int Pause(DcaSettings settings, Deal deal) =>
        deal.Status == DealStatus.Failed ? Math.Max(settings.CooldownSeconds, 60) : settings.CooldownSeconds;

    // A fill of a deal that is over: its coins and money are the bot's all the same.
    private static DcaState Late(
        DcaSettings settings,
        DcaState state,
        IReadOnlyList<BotEvent> events,
        BotContext context,
        BotPlanBuilder run
    )
    {
        foreach (var fill in events.OfType<BotEvent.Filled>().Select(f => f.Fill))
        {
            var number = DealOf(fill.Key.Slot);
            if (state.Deals.Any(d => d.Number == number) || SeenTrades.With(state.LateTrades, fill.TradeId) is not { } trades)
            {
                continue;
            }

            var left = BookMath.Apply(state.Left, settings.Direction, fill, context.Market);
            state = state with
            {
                LateTrades = trades,
                Realized = state.Realized + left.Realized - state.Left.Realized,
                Money = state.Money + left.Money - state.Left.Money,
                Left = left,
            };
            run.Note(BotNote.Warning, $"Deal {number}: a fill came after its end; {fill.Quantity} {context.Market.Base} are counted");
        }

        return state;
    }
}
