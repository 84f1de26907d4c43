using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Orders.Placement;

/// <summary>
/// The one way in for signals, bots and buttons: trading state and limits, the market's rules, then the <see cref="Order"/> row. It
/// writes into a transaction that the caller commits together with what the order comes from.
/// </summary>
public sealed class OrderPlacer(MarketCatalog markets, RiskReader risks, OrderLedger ledger, SequentialIds ids, TimeProvider time)
{
    /// <summary>Makes the order <see cref="OrderStatus.Planned"/>, or says why there is none.</summary>
    public async Task<PlacementResult> PlaceAsync(
        AppDb db,
        OrderRequest request,
        ExchangeAccount account,
        CancellationToken cancellationToken
    )
    {
        if (await markets.FindAsync(account.Exchange, cancellationToken) is not { } book)
        {
            return Refused(
                new OrderRefusal(
                    "rules_unknown",
                    "symbol",
                    null,
                    null,
                    [],
                    $"The rules of {account.Exchange} cannot be read now, and nothing is sent unchecked. Try again when it answers."
                )
            );
        }

        var match = book.Resolve(request.Symbol);
        if (match.Market is not { } market)
        {
            return Refused(match.Refusal!);
        }

        var verdict = Check(request.Draft, market, request.ReferencePrice);
        if ((verdict.Refusal ?? await risks.RefusalAsync(db, request, market, cancellationToken)) is { } refusal)
        {
            return Refused(refusal);
        }

        var order = Row(request, market.Symbol, time.GetUtcNow().UtcDateTime);
        ledger.Begin(db, order, order.CreatedAt);
        return new PlacementResult(order, verdict.Ticket, null);
    }

    /// <summary>
    /// Takes a planned order to <see cref="OrderStatus.Submitting"/>: what it is sent with, or null when it was denied because
    /// trading is halted, its time is over, its cancel was asked for, or the market's rules changed.
    /// </summary>
    public async Task<ValidatedOrder?> SubmitAsync(
        AppDb db,
        Order order,
        ExchangeAccount account,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var book = await markets.FindAsync(account.Exchange, cancellationToken);
        var market = book?.Resolve(order.Symbol).Market;
        if (market is null && order.CancelRequestedAt is null && now <= (order.ExpiresAt ?? DateTime.MaxValue))
        {
            order.NextLookAt = now + TimeSpan.FromSeconds(1);
            return null;
        }

        var verdict = market is null ? null : Check(Draft(order), market, order.ReferencePrice);
        var (code, reason) =
            order.CancelRequestedAt is not null ? ("canceled", "It was cancelled before it was sent.")
            : now > order.ExpiresAt ? ("expired", "It could not be sent in time, and is not sent late.")
            : verdict?.Refusal is { } rule ? (rule.Code, rule.Message)
            : await risks.StateRefusalAsync(db, order, cancellationToken) is { } halt ? (halt.Code, halt.Message)
            : (null, null);
        order.UpdatedAt = now;
        if (code is not null)
        {
            (order.Code, order.Reason) = (code, reason);
            ledger.Move(db, order, OrderStatus.Denied, now, reason);
            (order.SettledAt, order.NextLookAt) = (now, null);
            return null;
        }

        Submit(db, order, now);
        return verdict!.Ticket;
    }

    /// <summary>The same for an order that was planned in this transaction, with its checks fresh.</summary>
    public void Submit(AppDb db, Order order, DateTime now)
    {
        ledger.Move(db, order, OrderStatus.Submitting, now);
        (order.SubmittedAt, order.NextLookAt, order.Code, order.Reason) = (now, null, null, null);
        order.Attempt++;
    }

    /// <summary>The same leg once more, under the next generation: the one before was proven never to have reached the exchange.</summary>
    public Order PlanAgain(AppDb db, Order lost, DateTime now)
    {
        var order = Row(
            new OrderRequest
            {
                UserId = lost.UserId,
                AccountId = lost.AccountId,
                WebhookId = lost.WebhookId,
                Origin = lost.Origin,
                OriginId = lost.OriginId,
                Leg = lost.Leg,
                Generation = lost.Generation + 1,
                Symbol = lost.Symbol,
                Draft = Draft(lost),
                ReferencePrice = lost.ReferencePrice,
                ExpiresAt = lost.ExpiresAt,
            },
            lost.Symbol,
            now
        );
        (order.Rounded, order.CancelRequestedAt) = (lost.Rounded, lost.CancelRequestedAt);
        ledger.Begin(db, order, now);
        return order;
    }

    private static PlacementResult Refused(OrderRefusal refusal) => new(null, null, refusal);

    /// <summary>
    /// The market's rules, and those of this product. A market order's cost is measured at the last price: an exchange refuses one
    /// that is too small, whatever its type.
    /// </summary>
    /// <param name="referencePrice">Quote per base; null when none is known.</param>
    public static OrderVerdict Check(OrderDraft draft, Market market, decimal? referencePrice)
    {
        if (market.Kind != "spot")
        {
            return new OrderVerdict(
                [],
                null,
                new OrderRefusal(
                    "market_not_spot",
                    "symbol",
                    market.Symbol,
                    "spot",
                    [],
                    $"{market.Symbol} is a {market.Kind} market; orders are sent on spot markets. Use the spot symbol."
                )
            );
        }

        if (
            draft is { Type: OrderType.Market, Price: null }
            && referencePrice is { } price
            && draft.Quantity is { } quantity
            && market.MinNotional is { } least
            && quantity * price < least
        )
        {
            var measured = OrderValidator.Check(draft with { Cost = quantity * price }, market);
            return measured.Refusal is null ? OrderValidator.Check(draft, market) : measured;
        }

        return OrderValidator.Check(draft, market);
    }

    private static OrderDraft Draft(Order order) =>
        new()
        {
            Side = order.Side,
            Type = order.Type,
            Price = order.Price,
            StopPrice = order.StopPrice,
            Quantity = order.Quantity,
            TimeInForce = order.TimeInForce,
            ReduceOnly = order.ReduceOnly,
        };

    private Order Row(OrderRequest request, string symbol, DateTime now)
    {
        var draft = request.Draft;
        return new Order
        {
            Id = ids.Next(),
            UserId = request.UserId,
            AccountId = request.AccountId,
            WebhookId = request.WebhookId,
            Origin = request.Origin,
            OriginId = request.OriginId,
            Leg = request.Leg,
            Generation = request.Generation,
            ClientId = ClientOrderId.Of(request.Origin, request.OriginId, request.Leg, request.Generation),
            Symbol = symbol,
            Side = draft.Side,
            Type = draft.Type,
            Quantity = draft.Quantity ?? throw new InvalidOperationException("An order is planned with a quantity."),
            Price = draft.Type is OrderType.Limit or OrderType.StopLimit ? draft.Price : null,
            StopPrice = draft.StopPrice,
            TimeInForce = draft.TimeInForce,
            ReduceOnly = draft.ReduceOnly,
            ReferencePrice = request.ReferencePrice,
            Rounded = request.Rounded.Count == 0 ? null : JsonSerializer.Serialize(request.Rounded, ExactJson.Options),
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt,
            UpdatedAt = now,
        };
    }
}
