using System.Globalization;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Bots.Dca;

/// <summary>
/// Keeps the next safety orders at the exchange: as many as are to rest at once, in order, never a smaller one in silence.
/// </summary>
internal static class DealEntries
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(60);

    public static void Plan(DealRun deal)
    {
        foreach (var waiting in deal.Deal.Lines.Where(l => l.Status == LineStatus.WaitingFunds))
        {
            See(deal, waiting);
        }

        var next = deal
            .Deal.Lines.Where(l => l.Status is not (LineStatus.Done or LineStatus.Skipped))
            .Take(deal.Settings.ActiveSafetyOrders)
            .ToList();
        Compare(deal, next);
        foreach (var line in next)
        {
            Keep(deal, line);
        }
    }

    /// <summary>In words, for the state "bag": all safety orders are used.</summary>
    public static bool AllUsed(Deal deal) =>
        deal.Lines.All(l => l.Status is LineStatus.Done or LineStatus.Skipped) && deal.BasePrice is not null;

    // The price may go past a line that waits; then its chance is over or late.
    private static void See(DealRun deal, SafetyLine line)
    {
        var level = deal.Ladder[line.Number - 1];
        if (deal.Context.Price is { } price && deal.Direction.HasFallenTo(price, level.Price) && !line.Passed)
        {
            deal.Set(line with { Passed = true });
        }
    }

    // After an edit what rests comes off where something else is wanted; it is placed anew once its end is proven.
    private static void Compare(DealRun deal, IReadOnlyList<SafetyLine> next)
    {
        if (!deal.Deal.IsEdited || !deal.Run.MayAct)
        {
            return;
        }

        var unwanted = deal.Orders.All.Where(o => DealEditing.IsSafety(deal.Name(o.Slot)) && o.Executed == 0 && !IsAsSet(deal, o, next));
        unwanted.ToList().ForEach(o => deal.Orders.Set(deal.Run.Cancel(o)));
        deal.Deal = deal.Deal with { IsEdited = false };
    }

    private static bool IsAsSet(DealRun deal, BotOrder order, IReadOnlyList<SafetyLine> next)
    {
        if (next.FirstOrDefault(l => SlotOf(deal, l) == order.Slot) is not { } line)
        {
            return false;
        }

        var level = deal.Ladder[line.Number - 1];
        var draft = deal.Run.Fit(order.Side, level.Price, level.Quantity).Order?.Draft;
        return draft?.Price == order.Price && draft?.Quantity == order.Quantity;
    }

    private static string SlotOf(DealRun deal, SafetyLine line) =>
        deal.Slot(string.Create(CultureInfo.InvariantCulture, $"so{line.Number}"));

    private static void Keep(DealRun deal, SafetyLine line)
    {
        line = deal.Deal.Lines[line.Number - 1];
        var slot = SlotOf(deal, line);
        if (deal.Orders.At(slot) is not null || line.Status is not (LineStatus.Planned or LineStatus.WaitingFunds))
        {
            return;
        }

        var level = deal.Ladder[line.Number - 1];
        if (line.Status == LineStatus.WaitingFunds && !line.Passed)
        {
            Watch(deal, level.Price);
        }

        if (line.RetryAt > deal.Run.Now && !(deal.FundsChanged && line.Status == LineStatus.WaitingFunds))
        {
            deal.Run.WakeAt(line.RetryAt);
            return;
        }

        if (!deal.Run.MayAct || IsSkipped(deal, line, level))
        {
            return;
        }

        var verdict = deal.Run.Fit(deal.Direction.EntrySide(), level.Price, level.Quantity - line.Filled);
        if (verdict.Order is not { } order)
        {
            Unfit(deal, line, verdict.Refusal!);
        }
        else if (deal.Run.Shortage(order) is { } shortage)
        {
            Waits(deal, line, shortage, level.Price);
        }
        else
        {
            deal.Orders.Add(deal.Run.Place(slot, order, Effect.Open));
            deal.Set(line with { Status = LineStatus.Resting, Asked = null, Free = null, RetryAt = null, Problem = null });
        }
    }

    private static bool IsSkipped(DealRun deal, SafetyLine line, DcaLevel level)
    {
        if (line.Status != LineStatus.WaitingFunds || !line.Passed)
        {
            return false;
        }

        var tick = deal.Run.Market.PriceIncrements.IncrementAt(level.Price) ?? 0;
        var edge = level.Price + (deal.Direction.Sign() * tick);
        if (deal.Settings.LateSafetyOrders && deal.Context.Price is { } price && deal.Direction.HasFallenTo(price, edge))
        {
            return false;
        }

        deal.Set(line with { Status = LineStatus.Skipped });
        deal.Note($"safety order {line.Number} is left out: the price went past it while funds were missing", BotNote.Warning);
        return true;
    }

    private static void Unfit(DealRun deal, SafetyLine line, OrderRefusal refusal)
    {
        // The rest of a line that was filled in part can be too small to ask for.
        var isRest = line.Filled > 0;
        deal.Set(line with { Status = isRest ? LineStatus.Done : LineStatus.NeedsYou, Problem = refusal.Message });
        deal.Note($"safety order {line.Number}: {refusal.Message}", isRest ? BotNote.Info : BotNote.NeedsYou);
    }

    private static void Waits(DealRun deal, SafetyLine line, (decimal Asked, decimal Free) shortage, decimal price)
    {
        if (line.Status != LineStatus.WaitingFunds)
        {
            var missing = IncrementMath.Text(IncrementMath.Shortest(shortage.Asked - shortage.Free));
            deal.Note($"safety order {line.Number} waits for {missing} {deal.Run.Market.Quote}", BotNote.Warning);
            if (!line.Passed)
            {
                Watch(deal, price);
            }
        }

        var retry = deal.Run.Now + Retry;
        deal.Run.WakeAt(retry);
        deal.Set(line with { Status = LineStatus.WaitingFunds, Asked = shortage.Asked, Free = shortage.Free, RetryAt = retry });
    }

    private static void Watch(DealRun deal, decimal price)
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
}
