using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Planning;

/// <summary>
/// The order that a signal states, brought onto the market's increments where its webhook rounds: for the intake and the planners alike.
/// </summary>
internal static class PlanDraft
{
    /// <param name="sized">False leaves stated sizes out: the order is for all that is held.</param>
    public static (OrderDraft Order, IReadOnlyList<RoundedNumber> Rounded) Of(
        SignalDraft draft,
        Market market,
        Rounding rounding,
        OrderSide side,
        bool sized
    )
    {
        var changes = new List<RoundedNumber>();
        var order = new OrderDraft
        {
            Side = side,
            Type = draft.OrderType,
            Price = PriceOf(draft),
            StopPrice = draft.OrderType is OrderType.Stop or OrderType.StopLimit ? draft.StopPrice : null,
            Quantity = sized ? Quantity(draft, side, changes) : null,

            // A cost alone is a size; next to a quantity it is a number to be checked.
            Cost = sized && draft.Quantity is not null ? draft.Cost : null,
            TimeInForce = draft.OrderType is OrderType.Limit or OrderType.StopLimit ? draft.TimeInForce : null,
            ReduceOnly = side == OrderSide.Sell,
        };
        if (rounding == Rounding.Reject && side == OrderSide.Sell && order.Quantity is { } toSell)
        {
            // Getting out comes first: what is less than a step is left out and shown, and no reason to keep all of it.
            var steps = market.QuantityIncrements;
            var sold = steps.Down(toSell);
            if (sold != toSell && sold > 0)
            {
                changes.Add(new RoundedNumber("quantity", ExactJson.Text(toSell), steps.Text(sold)));
                order = order with { Quantity = sold, Cost = null };
            }
        }

        if (rounding == Rounding.Reject)
        {
            return (order, changes);
        }

        var rounded = OrderRounding.Round(order, market);
        return (rounded.Draft, [.. changes, .. rounded.Changes]);
    }

    // What the sender saw is no price of a market order, but tells whether its quantity and its cost agree.
    private static decimal? PriceOf(SignalDraft draft) =>
        draft.OrderType switch
        {
            OrderType.Limit or OrderType.StopLimit => draft.Price,
            OrderType.Market when draft is { Quantity: not null, Cost: not null } => draft.Price ?? draft.SignalPrice,
            _ => null,
        };

    // A reversal's quantity covers the sender's short position too. There is none here, so what the sender holds afterwards is bought.
    private static decimal? Quantity(SignalDraft draft, OrderSide side, List<RoundedNumber> changes)
    {
        if (
            side == OrderSide.Buy
            && draft is { PreviousSentiment: Sentiment.Short, Quantity: { } asked, Cost: null }
            && (draft.PositionSize ?? asked - draft.PreviousPositionSize) is > 0 and var after
            && after < asked
        )
        {
            changes.Add(new RoundedNumber("quantity", ExactJson.Text(asked), ExactJson.Text(after)));
            return after;
        }

        return draft.Quantity;
    }
}
