using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Bots.Dca;

/// <summary>The base order of a deal: its size, its time, and what its end makes of the deal.</summary>
internal static class DealOpening
{
    /// <summary>In base, on no step yet; null when a price or an equity is missing.</summary>
    public static decimal? Quantity(DcaSettings settings, BotContext context, decimal scale) =>
        (settings.BaseOrderUnit, context.Price, context.Equity) switch
        {
            (DcaUnit.Base, _, _) => settings.BaseOrder * scale,
            (DcaUnit.Quote, > 0 and var price, _) => ExactCost.QuantityWithin(
                settings.BaseOrder * scale,
                price,
                context.Market.QuantityIncrements
            ),
            (DcaUnit.EquityPercent, > 0 and var price, { } equity) => settings.BaseOrder * scale / 100 * equity / price,
            _ => null,
        };

    /// <summary>The order of a start, or why there is none.</summary>
    public static OrderVerdict Order(DcaSettings settings, BotContext context, decimal quantity)
    {
        var price = context.Price;
        var side = settings.Direction.EntrySide();
        return settings.BaseOrderType == OrderType.Limit ? BotPlanBuilder.Fit(context.Market, price, side, price, quantity)
            : settings.MaxSlippage is { } slip
                ? BotPlanBuilder.Fit(
                    context.Market,
                    price,
                    side,
                    settings.Direction.Better(price ?? 0, slip),
                    quantity,
                    TimeInForce.ImmediateOrCancel
                )
            : BotPlanBuilder.Fit(context.Market, price, side, null, quantity);
    }

    /// <summary>A limit order's time is over: its rest is cancelled.</summary>
    public static void Plan(DealRun deal)
    {
        if (deal.Orders.At(deal.Slot("base")) is not { } order)
        {
            return;
        }

        var until = order.PlacedAt.AddSeconds(deal.Settings.BaseTimeoutSeconds);
        var wanted = deal.Deal.Closing is null && (order.Type == OrderType.Market || deal.Run.Now < until);
        if (!wanted && deal.Run.MayAct)
        {
            deal.Orders.Set(deal.Run.Cancel(order));
        }
        else if (wanted && order.Type != OrderType.Market)
        {
            deal.Run.WakeAt(until);
        }
    }

    public static void Ended(DealRun deal, BotOrder order, BotOrderEnd how, string? reason)
    {
        var state = deal.Deal;
        var missing = state.BaseAsked - state.BaseQuantity;
        if (state is { BaseRepeated: false, Closing: null } && deal.Settings.FillRemainder && missing > 0 && how == BotOrderEnd.Expired)
        {
            if (deal.Run.Fit(order.Side, null, missing).Order is { } rest && deal.Run.MayAct)
            {
                deal.Deal = state with { BaseRepeated = true };
                deal.Orders.Add(deal.Run.Place(deal.Slot("base"), rest, Effect.Open));
                return;
            }
        }

        var average = state.BaseQuantity > 0 ? state.BaseCost / state.BaseQuantity : 0;
        if (PositionMath.Sellable(state.Book.Held, deal.Run.Market, average) > 0)
        {
            deal.BaseIsFilled(average);
            return;
        }

        var why = state.BaseQuantity > 0 ? "bought too little to be sold again" : "bought nothing";
        deal.Deal = state with { Status = DealStatus.Failed, ClosedAt = deal.Run.Now };
        deal.Note($"the base order {why} ({how}{(reason is null ? "" : ": " + reason)})", BotNote.Warning);
    }
}
