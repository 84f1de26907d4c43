using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>What became of an order, in one or two sentences; and, where it is in doubt, what that means and what to do.</summary>
public static class OrderOutcome
{
    public static string Of(OrderRow row, Market? market) =>
        row.Status switch
        {
            OrderStatus.Planned => "It is written down and about to be sent.",
            OrderStatus.Submitting => "It is on its way to the exchange.",
            OrderStatus.Open when row.StopPrice is not null => $"It waits at the exchange and acts {OrderLabels.Terms(row, market)}.",
            OrderStatus.Open => "It rests at the exchange. Nothing is filled yet.",
            OrderStatus.PartiallyFilled => $"{Done(row, market)} The rest is still open.",
            OrderStatus.CancelPending => row.FilledQuantity > 0
                ? $"{Done(row, market)} A cancel of the rest was asked for and is not confirmed yet."
                : "A cancel was asked for and is not confirmed yet. Until then it can still be filled.",
            OrderStatus.Filled => Done(row, market),
            OrderStatus.Canceled when row.FilledQuantity > 0 => $"{Done(row, market)} The rest was cancelled.",
            OrderStatus.Canceled => "It was cancelled before anything was filled.",
            OrderStatus.Expired when row.FilledQuantity > 0 => $"{Done(row, market)} The exchange ended the rest.",
            OrderStatus.Expired => "The exchange ended it before anything was filled.",
            OrderStatus.Denied => Because("It was not sent", row.Reason),
            OrderStatus.Rejected => Because("The exchange refused it", row.Reason),
            OrderStatus.NotPlaced when row.Code == OrderCodes.SaidNotPlaced => "Somebody looked at the exchange, and it was never placed.",
            OrderStatus.NotPlaced => "It never reached the exchange. Nothing was bought or sold.",
            OrderStatus.Unknown => "It was sent, and the exchange gave no clear answer. It may be live.",
            OrderStatus.NeedsOperator => "The exchange still gives no clear answer. It may be live.",
            _ => "",
        };

    /// <summary>What the state means and what to do; null where nothing is in doubt.</summary>
    public static string? Advice(OrderRow row) =>
        row.Status switch
        {
            _ when row.IsPlacedAfterAll =>
                "It was called never placed, and then the exchange showed it. What it does there counts in the position. If you placed another one instead, you may have both: cancel or close what you do not want.",
            OrderStatus.NotPlaced when row.Code == OrderCodes.SaidNotPlaced =>
                "The exchange is still asked about it for a day. If it has it after all, what it does counts, and you are told on every page.",
            OrderStatus.Unknown =>
                "Nothing to do: the engine asks the exchange until the answer is certain, and never sends the order a second time meanwhile. Other orders for this symbol wait.",
            OrderStatus.NeedsOperator =>
                $"Sign in at {row.Exchange}, look for the client id below among the open orders and in the history, and cancel it there if you do not want it. If it is in neither, say so here. "
                    + "The engine keeps asking and takes over whatever it finds. Other orders for this symbol wait until then.",
            OrderStatus.CancelPending => "The engine asks until the exchange confirms the cancel or a fill.",
            _ => null,
        };

    private static string Done(OrderRow row, Market? market)
    {
        var (coin, quote) = (OrderLabels.BaseOf(row.Symbol), OrderLabels.QuoteOf(row.Symbol));
        var part = row.FilledQuantity < row.Quantity ? $" of {AmountText.Quantity(row.Quantity, market)}" : "";
        var average = row.AveragePrice is { } price
            ? $" at {AmountText.Average(price, market)}, {AmountText.Money(row.ExecutedCost, quote)} {quote} in all"
            : "";
        return $"{(row.Side == OrderSide.Buy ? "Bought" : "Sold")} {AmountText.Quantity(row.FilledQuantity, market)}{part} {coin}{average}.";
    }

    private static string Because(string what, string? why) =>
        string.IsNullOrWhiteSpace(why) ? what + "." : $"{what}: {SaidText.Of(why).TrimEnd('.')}.";
}
