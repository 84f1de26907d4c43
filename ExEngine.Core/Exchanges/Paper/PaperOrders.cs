using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>Makes the order that a validated order asks for, or says why the exchange does not take it.</summary>
internal static class PaperOrders
{
    private const int MaxClientId = 36;

    /// <param name="market">The market's rules of now, which may be others than those that it was made with.</param>
    public static (PaperOrder? Order, ExchangeFault? Fault) Of(
        ValidatedOrder validated,
        Market market,
        PaperQuote quote,
        string clientId,
        DateTime now
    )
    {
        var draft = validated.Draft;
        var (atMarket, hasStop) = (draft.Type is OrderType.Market or OrderType.Stop, draft.Type is OrderType.Stop or OrderType.StopLimit);
        if (draft.Type == OrderType.TrailingStop || market.Kind != "spot")
        {
            var what = market.Kind == "spot" ? "Trailing stops" : $"Markets of kind {market.Kind}";
            return (null, new(FaultKind.NotSupported, FaultCodes.NotSupported, $"{what} are not traded on paper."));
        }

        if (clientId.Length is 0 or > MaxClientId)
        {
            return (null, PaperFaults.Rule(FaultCodes.ClientId, $"A client id has 1 to {MaxClientId} characters."));
        }

        if ((!atMarket && draft.Price is null) || (hasStop && draft.StopPrice is null) || (draft.Quantity ?? draft.Cost) is null)
        {
            return (
                null,
                PaperFaults.Rule(
                    FaultCodes.Incomplete,
                    "A limit order needs a price, a stop order a stop price, and every order a quantity."
                )
            );
        }

        var price = atMarket ? (decimal?)null : draft.Price;
        var reference =
            price
            ?? (
                hasStop ? draft.StopPrice!.Value
                : draft.Side == OrderSide.Buy ? quote.Ask
                : quote.Bid
            );
        if (draft is { Side: OrderSide.Buy, Type: OrderType.Market } && ExchangeInfo.BuysByCost(market.Exchange))
        {
            return BuyOf(draft, market, reference, validated.ReferencePrice, clientId, now);
        }

        var quantity = draft.Quantity ?? market.QuantityIncrements.Down(draft.Cost!.Value / reference);
        var asked = new OrderDraft
        {
            Side = draft.Side,
            Type = draft.Type,
            Price = price,
            StopPrice = hasStop ? draft.StopPrice : null,
            Quantity = quantity,
        };
        if (OrderValidator.Check(asked, market, reference).Refusal is { } refusal)
        {
            return (null, PaperFaults.Rule(refusal.Code, refusal.Message));
        }

        return draft.PostOnly && (draft.Side == OrderSide.Buy ? price >= quote.Ask : price <= quote.Bid)
            ? (null, PaperFaults.WouldTake(price!.Value, quote))
            : (New(asked, market, clientId, draft.TimeInForce ?? TimeInForce.GoodTillCancelled, now), null);
    }

    /// <summary>By the exchange's id where it is known; a client id may have been given to several that are closed.</summary>
    public static IQueryable<PaperOrder> Named(this IQueryable<PaperOrder> orders, OrderName name)
    {
        var number = PaperViews.Number(name.ExchangeOrderId);
        return orders.Where(o =>
            o.Symbol == name.Symbol && (name.ExchangeOrderId == null ? o.ClientId == name.ClientId : o.Number == number)
        );
    }

    // As the exchange does it that prices and rules come from: a cost arrives, and buys as much as it pays for. The limits of cost hold for
    // what arrived, not for what the price of the moment makes of it.
    private static (PaperOrder? Order, ExchangeFault? Fault) BuyOf(
        OrderDraft draft,
        Market market,
        decimal price,
        decimal? referencePrice,
        string clientId,
        DateTime now
    )
    {
        var (cost, refusal) = MarketBuyCost.Of(draft, market, referencePrice);
        var bought = new OrderDraft
        {
            Side = draft.Side,
            Type = draft.Type,
            Quantity = ExactCost.QuantityWithin(cost ?? 0, price, market.QuantityIncrements) ?? 0,
        };
        refusal ??= bought.Quantity > 0 ? null : OrderValidator.Check(bought, market, price).Refusal;
        return refusal is null
            ? (New(bought, market, clientId, TimeInForce.GoodTillCancelled, now), null)
            : (null, PaperFaults.Rule(refusal.Code, refusal.Message));
    }

    private static PaperOrder New(OrderDraft asked, Market market, string clientId, TimeInForce timeInForce, DateTime now) =>
        new()
        {
            ClientId = clientId,
            Exchange = market.Exchange,
            Symbol = market.Symbol,
            Base = market.Base,
            Quote = market.Quote,
            Side = asked.Side,
            Type = asked.Type,
            TimeInForce = timeInForce,
            Quantity = asked.Quantity!.Value,
            Price = asked.Price,
            StopPrice = asked.StopPrice,
            Status = ExchangeOrderStatus.Open,
            CreatedAt = now,
            MetUntil = now,
            ExpiresAt = timeInForce == TimeInForce.Day ? now.Date.AddDays(1) : null,
        };
}
