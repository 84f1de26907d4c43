using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Planning;

/// <summary>Which price a plan counts with, in quote per base.</summary>
internal static class PlanPrices
{
    /// <summary>
    /// The limit price; the price that triggers a stop; for a market order what the book offers on its side, or the last price.
    /// Null while the market's price was not asked for.
    /// </summary>
    public static decimal? Of(PlanContext c, OrderDraft order) =>
        order.Type switch
        {
            OrderType.Limit or OrderType.StopLimit => order.Price,
            OrderType.Stop => order.StopPrice,
            _ => c.Price is not { } ticker ? null : (order.Side == OrderSide.Buy ? ticker.Ask : ticker.Bid) ?? ticker.Last,
        };

    /// <summary>What slippage is measured from: as <see cref="Of"/>, or what the sender saw when the market was not asked.</summary>
    public static decimal? Reference(PlanContext c, OrderDraft order) => Of(c, order) ?? c.Draft.SignalPrice ?? c.Draft.Price;

    /// <summary>The market's rules for what will be sent; a market order is measured at the price that the plan was made with.</summary>
    public static OrderVerdict Check(PlanContext c, OrderDraft order) => OrderValidator.Check(order, c.Market, Of(c, order));

    public static OrderRefusal TargetNotAbove(TakeProfitStep step, decimal entry) =>
        PlanCodes.Refusal(
            PlanCodes.TargetNotAboveEntry,
            "takeProfits",
            $"The take-profit must be above the entry at {ExactJson.Text(entry)}; state a higher one.",
            step.LimitPrice,
            entry
        );

    public static OrderRefusal StopNotBelow(StopLoss stop, decimal entry) =>
        PlanCodes.Refusal(
            PlanCodes.StopNotBelowEntry,
            "stopLoss",
            $"The stop-loss must be below the entry at {ExactJson.Text(entry)}; state a lower stop.",
            stop.StopPrice,
            entry
        );
}
