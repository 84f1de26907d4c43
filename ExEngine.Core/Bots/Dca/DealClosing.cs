using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Bots.Dca;

/// <summary>The end of a deal: its orders come off, proven, then what is held goes at market, and what cannot be sold is named.</summary>
internal static class DealClosing
{
    /// <summary>Everything is to go now, or to be kept.</summary>
    public static void Plan(DealRun deal)
    {
        var exit = deal.Orders.At(deal.Slot("exit"));
        if (deal.Run.MayAct)
        {
            foreach (var order in deal.Orders.All.Where(o => o != exit).ToList())
            {
                deal.Orders.Set(deal.Run.Cancel(order));
            }
        }

        if (deal.Orders.All.Count > 0 || deal.Deal.IsOver)
        {
            return;
        }

        var price = deal.Context.Price;
        var quantity = deal.Deal.Closing == DealEnd.Kept ? 0 : DealExits.Sellable(deal, price);
        if (quantity == 0)
        {
            End(deal);
        }
        else if (deal.Deal.ExitRetryAt > deal.Run.Now)
        {
            deal.Run.WakeAt(deal.Deal.ExitRetryAt);
        }
        else if (deal.Run.MayAct)
        {
            Sell(deal, quantity, price);
        }
    }

    /// <summary>Whether nothing more is to be earned: what was to be sold is sold, and what is left cannot be.</summary>
    public static bool IsDone(DealRun deal)
    {
        var last = DealExits.Steps(deal.Deal).Count - 1;
        var isSold = deal.Deal.StepsDone.Contains(last) || deal.Deal.StepsDone.Count > last || DealEntries.AllUsed(deal.Deal);
        return isSold
            && DealExits.Sellable(deal, deal.Context.Price ?? deal.Deal.Book.Average) == 0
            && !deal.Orders.All.Any(o => DealExits.IsExit(deal, o));
    }

    /// <summary>The safety orders come off; one that was filled meanwhile is sold as well.</summary>
    public static void Finish(DealRun deal)
    {
        if (deal.Run.MayAct)
        {
            deal.Orders.All.ToList().ForEach(o => deal.Orders.Set(deal.Run.Cancel(o)));
        }

        if (deal.Orders.All.Count == 0)
        {
            End(deal);
        }
    }

    private static void Sell(DealRun deal, decimal quantity, decimal? price)
    {
        var covered = DealExits.Covered(deal, quantity);
        var part = OrderMaximum.Part(covered, deal.Run.Market, OrderType.Market, price);
        var verdict = part > 0 ? deal.Run.Fit(deal.Direction.ExitSide(), null, part) : null;
        if (verdict?.Order is { } order)
        {
            deal.Orders.Add(deal.Run.Place(deal.Slot("exit"), order, Effect.Reduce, deal.Deal.Basis));
        }
        else if (verdict?.Refusal is { } refusal)
        {
            deal.NeedsYou(refusal.Message);
        }
        else
        {
            End(deal);
        }
    }

    private static void End(DealRun deal)
    {
        var held = deal.Deal.Book.Held;
        var status = deal.Deal.Closing switch
        {
            DealEnd.Stop => DealStatus.Stopped,
            DealEnd.Kept => DealStatus.Cancelled,
            _ when deal.Deal.BasePrice is null => DealStatus.Failed,
            _ => DealStatus.Completed,
        };
        deal.Deal = deal.Deal with { Status = status, ClosedAt = deal.Run.Now };
        var left = "";
        if (held > 0)
        {
            var worth = deal.Context.Price is { } price ? $", worth {held * price:0.########} {deal.Run.Market.Quote}" : "";
            var why =
                status == DealStatus.Cancelled ? "kept"
                : deal.Deal.Gone > 0 ? "not at the exchange any more, or too little to be sold"
                : "too little to be sold";
            left = $"; {IncrementMath.Text(IncrementMath.Shortest(held))} {deal.Run.Market.Base} are {why}{worth}";
        }

        deal.Note($"{status}: {deal.Deal.Book.Realized:0.########} {deal.Run.Market.Quote} earned{left}");
    }
}
