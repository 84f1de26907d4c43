using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Bots.Dca;

/// <summary>Whether a bot opens its next deal now. A reason against it is told once, not with every tick.</summary>
internal static class DcaOpening
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(60);

    public static DcaState Plan(DcaSettings settings, DcaState state, BotPlanBuilder run, bool fundsChanged)
    {
        state = DcaStarting.Due(settings, state, run);
        if (!IsWanted(settings, state, run))
        {
            return state;
        }

        if (DcaStarting.By(settings, state, run) is not { } by)
        {
            // What kept a start from being done is over with the start.
            return state with { OpeningProblem = null };
        }

        if (run.Context.Price is not { } price || price < settings.MinPrice || price > settings.MaxPrice)
        {
            return Outside(settings, state, run);
        }

        if (state.OpeningProblem is not null && state.ReadyAt > run.Now && !fundsChanged)
        {
            run.WakeAt(state.ReadyAt);
            return state;
        }

        var scale = Scale(settings, state, run.Context, price);
        var verdict = DealOpening.Quantity(settings, run.Context, scale) is { } quantity
            ? DealOpening.Order(settings, run.Context, quantity)
            : null;
        return verdict?.Order is not { } order ? Waits(state, run, verdict?.Refusal?.Message ?? "the equity is not known")
            : run.Shortage(order) is { } shortage
                ? Waits(state, run, $"{shortage.Asked - shortage.Free:0.########} {run.Market.Quote} are missing for the base order")
            : Open(settings, state, run, order, scale, by);
    }

    /// <summary>What reinvesting makes of each amount: 1 without profit, and no more than what is free allows.</summary>
    public static decimal Scale(DcaSettings settings, DcaState state, BotContext context, decimal price)
    {
        var baseAmount = settings.BaseOrderUnit switch
        {
            DcaUnit.Base => settings.BaseOrder * price,
            DcaUnit.EquityPercent => settings.BaseOrder / 100 * (context.Equity ?? 0),
            _ => settings.BaseOrder,
        };
        var funds = DcaLadder.Funds(settings, baseAmount);
        if (settings.Reinvest <= 0 || state.Realized <= 0 || funds <= 0)
        {
            return 1;
        }

        var scale = 1 + (settings.Reinvest / 100 * state.Realized / funds);
        return context.FreeQuote is { } free ? Math.Max(1, Math.Min(scale, free / funds)) : scale;
    }

    private static bool IsWanted(DcaSettings settings, DcaState state, BotPlanBuilder run)
    {
        if (state.Mode != BotMode.Running || !run.MayAct || state.IsFull(settings))
        {
            return false;
        }

        if (state.OpeningProblem is null && state.ReadyAt > run.Now)
        {
            run.WakeAt(state.ReadyAt);
            return false;
        }

        return true;
    }

    private static DcaState Outside(DcaSettings settings, DcaState state, BotPlanBuilder run)
    {
        run.WatchAll();
        if (run.Context.Price is not { } price)
        {
            return state;
        }

        const string Problem = "the price is outside the window";
        if (state.OpeningProblem != Problem)
        {
            run.Note(
                BotNote.Info,
                $"No deal: the price {price} is outside {settings.MinPrice ?? 0} to {settings.MaxPrice?.ToString() ?? "any"}"
            );
        }

        return state with
        {
            OpeningProblem = Problem,
        };
    }

    private static DcaState Waits(DcaState state, BotPlanBuilder run, string problem)
    {
        if (state.OpeningProblem != problem)
        {
            run.Note(BotNote.NeedsYou, $"No deal: {problem}");
        }

        run.WakeAt(run.Now + Retry);
        return state with { OpeningProblem = problem, ReadyAt = run.Now + Retry };
    }

    private static DcaState Open(DcaSettings settings, DcaState state, BotPlanBuilder run, ValidatedOrder order, decimal scale, string by)
    {
        var number = state.LastDeal + 1;
        var placed = run.Place($"d{number}.base", order, Effect.Open);
        var deal = new Deal
        {
            Number = number,
            Status = DealStatus.BasePlaced,
            Settings = settings with { Conditions = [], Schedule = null },
            OpenedAt = run.Now,
            Scale = scale,
            BaseAsked = placed.Quantity,
            Orders = [placed],
        };
        if (number < settings.MaxDeals || settings.MaxDeals is null)
        {
            // Another one may be wanted at once.
            OpenNext(settings, state, run);
        }

        run.Note(BotNote.Info, $"Deal {number} is opened{(by.Length > 0 ? " by " + by : "")}");
        return DcaStarting.Used(settings, state, run) with { LastDeal = number, Deals = [.. state.Deals, deal], OpeningProblem = null };
    }

    private static void OpenNext(DcaSettings settings, DcaState state, BotPlanBuilder run)
    {
        if (settings.Start == DcaStart.AtOnce && state.Deals.Count + 1 < settings.MaxActiveDeals)
        {
            run.WatchAll();
        }
    }
}
