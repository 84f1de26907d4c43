namespace ExEngine.Core.Bots.Dca;

/// <summary>What a deal watches the price for: its stop, and the best price since its target was reached.</summary>
internal static class DealWatch
{
    public static void Plan(DealRun deal)
    {
        if (deal.Deal.Book.Held == 0)
        {
            return;
        }

        Stop(deal);
        if (deal.Deal.Closing is null && deal.Settings.TakeProfit.Trailing is { } trailing)
        {
            Trail(deal, trailing);
        }
    }

    /// <summary>Quote per base; null when the deal has none.</summary>
    public static decimal? StopPrice(DealRun deal)
    {
        if (deal.Settings.StopLoss is not { } stop)
        {
            return deal.Deal.StopLossEdit is { } edit ? deal.Direction.Worse(deal.Deal.Book.Average!.Value, edit) : null;
        }

        var from = stop.From == PriceBase.Average ? deal.Deal.Book.Average!.Value : deal.Deal.BasePrice!.Value;
        decimal? price = (deal.Deal.StopLossEdit ?? stop.Percent) is { } percent ? deal.Direction.Worse(from, percent) : null;
        if (deal.Deal.StepsDone.Count >= stop.BreakEvenAfterStep)
        {
            var even = DcaMath.BreakEven(deal.Direction, deal.Deal.Book, deal.Context.Fees);
            return price is { } set && deal.Direction.HasReached(set, even) ? set : even;
        }

        return price;
    }

    private static void Stop(DealRun deal)
    {
        if (StopPrice(deal) is not { } stop)
        {
            return;
        }

        Against(deal, stop);
        if (!deal.Context.IsReachable || deal.Context.Price is not { } price || !deal.Direction.HasFallenTo(price, stop))
        {
            deal.Deal = deal.Deal with { BeyondStopSince = null };
            return;
        }

        var since = deal.Deal.BeyondStopSince ?? deal.Run.Now;
        var until = since.AddSeconds(deal.Settings.StopLoss?.TimeoutSeconds ?? 0);
        deal.Deal = deal.Deal with { BeyondStopSince = since };
        if (deal.Run.Now >= until)
        {
            deal.Deal = deal.Deal with { Closing = DealEnd.Stop };
            deal.Note($"the price {price} is at or beyond the stop {stop:0.########}; what is held is sold at market", BotNote.Warning);
            return;
        }

        // One price back ends the wait.
        Toward(deal, stop);
        deal.Run.WakeAt(until);
    }

    private static void Trail(DealRun deal, decimal trailing)
    {
        var target = DealExits.Target(deal, DealExits.Steps(deal.Deal)[^1].Percent);
        if (deal.Context.Price is { } price)
        {
            Follow(deal, trailing, target, price);
        }

        if (deal.Deal.Closing is not null)
        {
            return;
        }

        Toward(deal, deal.Deal.Peak ?? target);
        if (deal.Deal.Peak is { } peak)
        {
            Against(deal, deal.Direction.Worse(peak, trailing));
        }
    }

    private static void Follow(DealRun deal, decimal trailing, decimal target, decimal price)
    {
        if (deal.Deal.Peak is not { } peak)
        {
            if (deal.Direction.HasReached(price, target))
            {
                deal.Deal = deal.Deal with { Peak = price };
                deal.Note($"the target {target} is reached; the best price is followed at {trailing} %");
            }

            return;
        }

        if (deal.Direction.HasReached(price, peak))
        {
            deal.Deal = deal.Deal with { Peak = price };
            return;
        }

        if (!deal.Direction.HasFallenTo(price, deal.Direction.Worse(peak, trailing)))
        {
            return;
        }

        var least = deal.Settings.TakeProfit.MinProfit is { } min
            ? DcaMath.BreakEven(deal.Direction, deal.Deal.Book, deal.Context.Fees, min)
            : (decimal?)null;
        if (least is { } floor && !deal.Direction.HasReached(price, floor))
        {
            deal.Deal = deal.Deal with { Peak = null };
            deal.Note(
                $"trailing would end below the minimum profit (at {price}, least {floor:0.########}); the target is waited for again"
            );
            return;
        }

        deal.Deal = deal.Deal with { Closing = DealEnd.Trailing };
        deal.Note($"the price {price} is {trailing} % or more off its best, {peak}; what is held is sold at market");
    }

    private static void Against(DealRun deal, decimal price)
    {
        if (deal.Direction == BotDirection.Long)
        {
            deal.Run.WatchBelow(price);
        }
        else
        {
            deal.Run.WatchAbove(price);
        }
    }

    private static void Toward(DealRun deal, decimal price)
    {
        if (deal.Direction == BotDirection.Long)
        {
            deal.Run.WatchAbove(price);
        }
        else
        {
            deal.Run.WatchBelow(price);
        }
    }
}
