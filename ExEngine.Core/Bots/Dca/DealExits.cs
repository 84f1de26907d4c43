using System.Globalization;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Bots.Dca;

/// <summary>
/// Keeps one order per take-profit step at the exchange, for what is held and not promised otherwise. One that was planned before the last
/// entry is cancelled first, and replaced when its end is proven. The last step of a trailing deal is watched and does not rest.
/// </summary>
internal static class DealExits
{
    private static readonly TimeSpan Debounce = TimeSpan.FromSeconds(1);

    public static void Plan(DealRun deal)
    {
        if (deal.Deal.Book.Held == 0)
        {
            return;
        }

        Reopen(deal);
        CancelOutdated(deal);
        if (!deal.Orders.All.Any(o => IsExit(deal, o) && (o.CancelAsked || o.Basis != deal.Deal.Basis)) && deal.Run.MayAct)
        {
            PlaceMissing(deal);
        }
    }

    /// <summary>The steps that a running deal goes by: a percentage that was edited stands for all of them.</summary>
    public static IReadOnlyList<DcaTakeProfitStep> Steps(Deal deal) =>
        deal.TakeProfitEdit is { } percent ? [new(percent, 100)] : deal.Settings.TakeProfit.All();

    /// <summary>Quote per base, on the tick.</summary>
    public static decimal Target(DealRun deal, decimal percent) =>
        DcaMath.OnTick(
            deal.Direction,
            DcaMath.Target(deal.Direction, deal.Deal.Book, percent, deal.Settings.TakeProfit, deal.Deal.BaseCost, deal.Context.Fees),
            deal.Run.Market
        );

    /// <summary>In base: what can be sold of what the exchange still has for us.</summary>
    public static decimal Sellable(DealRun deal, decimal? price) =>
        PositionMath.Sellable(deal.Deal.Book.Held - deal.Deal.Gone, deal.Run.Market, price);

    /// <summary>In base: of a quantity what is free; what is missing is told, and asked about.</summary>
    public static decimal Covered(DealRun deal, decimal quantity)
    {
        if (deal.Direction == BotDirection.Short || !(deal.Run.FreeBase < quantity))
        {
            return quantity;
        }

        var free = deal.Run.Market.QuantityIncrements.Down(Math.Max(0, deal.Run.FreeBase.Value));
        deal.Deal = deal.Deal with { Gone = deal.Deal.Gone + quantity - free };
        var (gone, held) = (
            IncrementMath.Text(IncrementMath.Shortest(quantity - free)),
            IncrementMath.Text(IncrementMath.Shortest(deal.Deal.Book.Held))
        );
        deal.NeedsYou($"{gone} of {held} {deal.Run.Market.Base} held is gone at the exchange; sell the rest, or cancel the deal");
        return free;
    }

    public static bool IsExit(DealRun deal, BotOrder order) => order.Side == deal.Direction.ExitSide();

    // What came in after the last step was filled is sold at the last step once more.
    private static void Reopen(DealRun deal)
    {
        var last = Steps(deal.Deal).Count - 1;
        if (deal.Deal.StepsDone.Contains(last) && Sellable(deal, Target(deal, Steps(deal.Deal)[last].Percent)) > 0)
        {
            deal.Deal = deal.Deal with { StepsDone = [.. deal.Deal.StepsDone.Where(s => s != last)] };
        }
    }

    private static void CancelOutdated(DealRun deal)
    {
        var outdated = deal.Orders.All.Where(o => IsExit(deal, o) && o.Basis != deal.Deal.Basis && !o.CancelAsked).ToList();
        if (outdated.Count == 0 || !deal.Run.MayAct || Sellable(deal, outdated[0].Price) == 0)
        {
            return;
        }

        // While an entry is being filled bit by bit there is one replacement a second, and one after its last fill.
        var since = outdated.Max(o => o.PlacedAt);
        var filling = deal.Orders.All.Any(o => !IsExit(deal, o) && o.Executed > 0);
        if (filling && deal.Run.Now < since + Debounce)
        {
            deal.Run.WakeAt(since + Debounce);
            return;
        }

        outdated.ForEach(o => deal.Orders.Set(deal.Run.Cancel(o)));
    }

    private static void PlaceMissing(DealRun deal)
    {
        if (deal.Deal.ExitRetryAt > deal.Run.Now)
        {
            deal.Run.WakeAt(deal.Deal.ExitRetryAt);
            return;
        }

        var steps = Steps(deal.Deal);
        var watched = deal.Settings.TakeProfit.Trailing is null ? -1 : steps.Count - 1;
        var missing = Enumerable
            .Range(0, steps.Count)
            .Where(i => !deal.Deal.StepsDone.Contains(i) && deal.Orders.At(Slot(deal, i)) is null);
        var open = missing.ToList();
        var rest = deal.Deal.Book.Held - deal.Deal.Gone - deal.Orders.Promised(deal.Direction.ExitSide());
        var (shares, merged) = (open.Sum(i => steps[i].Share), 0m);
        foreach (var i in open)
        {
            var target = Target(deal, steps[i].Percent);
            var share = steps[i].Share + merged;
            var part = i == open[^1] ? rest : deal.Run.Market.QuantityIncrements.Down(rest * share / shares);
            if (PositionMath.Sellable(part, deal.Run.Market, target) == 0)
            {
                // Too small by itself: it goes with the next step.
                merged = share;
                continue;
            }

            var isPlaced = i != watched && !deal.Deal.HeldExits.Contains(Slot(deal, i));
            rest -= isPlaced ? Place(deal, i, target, part) : part;
            (shares, merged) = (shares - share, 0);
        }
    }

    private static decimal Place(DealRun deal, int step, decimal target, decimal part)
    {
        var side = deal.Direction.ExitSide();
        var quantity = Covered(deal, deal.Run.Market.QuantityIncrements.Down(part));
        var most = OrderMaximum.Part(quantity, deal.Run.Market, OrderType.Limit, target);
        if (quantity == 0)
        {
            return 0;
        }

        var verdict = deal.Run.Fit(side, target, most);
        if (verdict.Order is not { } order)
        {
            deal.NeedsYou(verdict.Refusal!.Message);
            return 0;
        }

        if (deal.Direction == BotDirection.Long || deal.Run.Shortage(order) is null)
        {
            deal.Orders.Add(deal.Run.Place(Slot(deal, step), order, Effect.Reduce, deal.Deal.Basis));
        }

        return most;
    }

    private static string Slot(DealRun deal, int step) => deal.Slot(string.Create(CultureInfo.InvariantCulture, $"tp{step}"));
}
