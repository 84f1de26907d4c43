using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Bots.Dca;

/// <summary>One deal: fills and ends first, then what is watched, then cancels, then new orders.</summary>
internal static class DealPlanner
{
    public static Deal Plan(Deal before, IReadOnlyList<BotEvent> events, BotPlanBuilder run)
    {
        var deal = new DealRun(before, run);
        foreach (var happened in events)
        {
            DealEvents.Apply(deal, happened);
        }

        if (deal.Deal.BasePrice is null)
        {
            Opening(deal);
        }
        else
        {
            Running(deal, events);
        }

        deal.Deal = deal.Deal with { Status = Status(deal) };
        return deal.Outcome();
    }

    private static void Opening(DealRun deal)
    {
        DealOpening.Plan(deal);
        if (deal.Orders.All.Count == 0 && !deal.Deal.IsOver)
        {
            DealClosing.Plan(deal);
        }
    }

    private static void Running(DealRun deal, IReadOnlyList<BotEvent> events)
    {
        if (deal.Deal.Closing is null)
        {
            DealWatch.Plan(deal);
        }

        if (deal.Deal.Closing is not null)
        {
            DealClosing.Plan(deal);
            return;
        }

        foreach (var added in events.OfType<BotEvent.FundsAdded>())
        {
            Add(deal, added);
        }

        DealExits.Plan(deal);
        if (DealClosing.IsDone(deal))
        {
            DealClosing.Finish(deal);
        }
        else
        {
            DealEntries.Plan(deal);
        }
    }

    private static void Add(DealRun deal, BotEvent.FundsAdded added)
    {
        var price = added.Price ?? deal.Context.Price;
        var quantity = price > 0 ? ExactCost.QuantityWithin(added.Amount, price.Value, deal.Run.Market.QuantityIncrements) ?? 0 : 0;
        var verdict = deal.Run.Fit(deal.Direction.EntrySide(), added.Price, quantity);
        if (verdict.Order is { } order && deal.Run.MayAct)
        {
            deal.Orders.Add(deal.Run.Place(deal.Slot($"add{deal.Run.LastGeneration + 1}"), order, Effect.Open));
        }
        else
        {
            deal.Note($"funds were not added: {verdict.Refusal?.Message ?? "the exchange takes no orders now"}", BotNote.Warning);
        }
    }

    private static DealStatus Status(DealRun deal) =>
        deal.Deal.IsOver ? deal.Deal.Status
        : !deal.Run.Market.Active ? DealStatus.Frozen
        : deal.Deal.Problem is not null || deal.Deal.Lines.Any(l => l.Status == LineStatus.NeedsYou) ? DealStatus.NeedsYou
        : deal.Deal.Closing is not null ? DealStatus.Closing
        : deal.Deal.BasePrice is null ? DealStatus.BasePlaced
        : deal.Deal.Peak is not null ? DealStatus.Trailing
        : DealStatus.Bought;
}
