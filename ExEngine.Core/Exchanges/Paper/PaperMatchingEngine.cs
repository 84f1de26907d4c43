using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>
/// The matching of the paper exchange: an order, the balances it touches and a price go in; the order, the balances and
/// the fill come out. Sums are exact; fees are cut to 8 decimals. No balance ever gets below zero, and a limit order never
/// gets a price worse than its own.
/// </summary>
public static class PaperMatchingEngine
{
    /// <summary>A new order reaches the book: it is refused, fills, rests, waits for its stop price, or ends at once.</summary>
    public static PaperOutcome Accept(PaperOrder order, PaperBalancePair balances, PaperQuote quote, PaperTerms terms)
    {
        if (order.Waits && Triggers(order, quote))
        {
            return Refused(PaperFaults.StopPassed(order.StopPrice!.Value, quote.Last));
        }

        var price = order.Price ?? order.StopPrice ?? Opposite(order.Side, quote);
        if (ExactCost.Of(price, order.Quantity).AsDecimal() is null)
        {
            return Refused(
                PaperFaults.Rule(
                    FaultCodes.TooManyDigits,
                    $"The cost {ExactJson.Text(price)} × {ExactJson.Text(order.Quantity)} has more than 28 digits."
                )
            );
        }

        var needed = PaperCosts.Reserve(order, price, terms);
        var free = balances.Free(order.Side);
        if (free < needed)
        {
            return Refused(PaperFaults.Funds(free, needed, order.Side == OrderSide.Buy ? order.Quote : order.Base));
        }

        var taken = order with { Locked = needed };
        var locked = balances.Lock(order.Side, needed);
        return order.Waits ? new(taken, locked) : Meet(taken, locked, quote, terms, isMaker: false);

        PaperOutcome Refused(ExchangeFault fault) => new(order, balances, null, fault);
    }

    /// <summary>An open order meets a price: at most one fill.</summary>
    /// <param name="now">UTC.</param>
    public static PaperOutcome Tick(PaperOrder order, PaperBalancePair balances, PaperQuote quote, PaperTerms terms, DateTime now)
    {
        if (now >= order.ExpiresAt)
        {
            return End(order, balances, ExchangeOrderStatus.Expired);
        }

        if (!order.Waits)
        {
            return Meet(order, balances, quote, terms, isMaker: true);
        }

        return Triggers(order, quote)
            ? Meet(order with { TriggeredAt = now }, balances, quote, terms, isMaker: false)
            : new(order, balances);
    }

    /// <summary>Whether <see cref="Tick"/> would change an open order, as far as the price tells.</summary>
    public static bool Touches(PaperOrder order, PaperQuote quote, DateTime now) =>
        now >= order.ExpiresAt || (order.Waits ? Triggers(order, quote) : Crosses(order, quote));

    public static PaperOutcome Cancel(PaperOrder order, PaperBalancePair balances) => End(order, balances, ExchangeOrderStatus.Canceled);

    private static bool Triggers(PaperOrder order, PaperQuote quote) =>
        order.Side == OrderSide.Buy ? quote.Last >= order.StopPrice : quote.Last <= order.StopPrice;

    private static bool Crosses(PaperOrder order, PaperQuote quote) =>
        order.Price is not { } limit || (order.Side == OrderSide.Buy ? quote.Ask <= limit : quote.Bid >= limit);

    private static decimal Opposite(OrderSide side, PaperQuote quote) => side == OrderSide.Buy ? quote.Ask : quote.Bid;

    private static PaperOutcome Meet(PaperOrder order, PaperBalancePair balances, PaperQuote quote, PaperTerms terms, bool isMaker)
    {
        var staysOpen = order.Price is not null && order.TimeInForce is TimeInForce.GoodTillCancelled or TimeInForce.Day;
        if (!Crosses(order, quote))
        {
            return staysOpen ? new(order, balances) : End(order, balances, ExchangeOrderStatus.Expired);
        }

        // Who waited in the book gets their own price; who comes to it gets the one that is there.
        var price = isMaker && order.Price is { } limit ? limit : Opposite(order.Side, quote);
        var quantity = PaperCosts.Fillable(order, balances, price, terms);
        if (order.Price is not null && order.TimeInForce == TimeInForce.FillOrKill && quantity < order.Remaining)
        {
            quantity = 0;
        }

        var met = quantity > 0 ? Fill(order, balances, price, quantity, terms, isMaker) : new(order, balances);
        return met.Order.Remaining == 0 ? met with { Order = met.Order with { Status = ExchangeOrderStatus.Filled } }
            : staysOpen ? met
            : End(met.Order, met.Balances, ExchangeOrderStatus.Expired) with { Fill = met.Fill };
    }

    private static PaperOutcome Fill(
        PaperOrder order,
        PaperBalancePair balances,
        decimal price,
        decimal quantity,
        PaperTerms terms,
        bool isMaker
    )
    {
        var fill = PaperCosts.FillOf(order.Side, price, quantity, terms, isMaker);
        var feeInBase = fill.FeeInBase ? fill.Fee : 0;
        var feeInQuote = fill.Fee - feeInBase;
        var (paid, received) =
            order.Side == OrderSide.Buy ? (fill.Cost + feeInQuote, quantity - feeInBase) : (quantity + feeInBase, fill.Cost - feeInQuote);
        var filled = order with { FilledQuantity = order.FilledQuantity + quantity, ExecutedCost = order.ExecutedCost + fill.Cost };

        // What is left of the lock covers the rest of a limit order; a better price than the limit sets the difference free.
        var rest = Math.Max(0, Math.Min(order.Locked - paid, PaperCosts.Reserve(filled, order.Price ?? price, terms)));
        var after = balances.Lock(order.Side, -order.Locked).Exchange(order.Side, paid, received).Lock(order.Side, rest);
        return new(filled with { Locked = rest }, after, fill);
    }

    private static PaperOutcome End(PaperOrder order, PaperBalancePair balances, ExchangeOrderStatus status) =>
        new(order with { Status = status, Locked = 0 }, balances.Lock(order.Side, -order.Locked));
}
