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
            Price = draft.Price,
            StopPrice = draft.StopPrice,
            Quantity = sized ? Quantity(draft, side, changes) : null,

            // A cost alone is a size; next to a quantity it is a number to be checked.
            Cost = sized && draft.Quantity is not null ? draft.Cost : null,
            TimeInForce = draft.OrderType is OrderType.Limit or OrderType.StopLimit ? draft.TimeInForce : null,
            ReduceOnly = side == OrderSide.Sell,
        };
        if (rounding == Rounding.Reject)
        {
            return (order, changes);
        }

        var rounded = OrderRounding.Round(order, market);
        return (rounded.Draft, [.. changes, .. rounded.Changes]);
    }

    // A reversal's quantity covers the sender's short position too. There is none here, so what the sender holds afterwards is bought.
    private static decimal? Quantity(SignalDraft draft, OrderSide side, List<RoundedNumber> changes)
    {
        if (
            side == OrderSide.Buy
            && draft is { PreviousSentiment: Sentiment.Short, Quantity: { } asked, PositionSize: > 0 and var after, Cost: null }
            && after < asked
        )
        {
            changes.Add(new RoundedNumber("quantity", ExactJson.Text(asked), ExactJson.Text(after)));
            return after;
        }

        return draft.Quantity;
    }
}
