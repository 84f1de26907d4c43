using System.Text.Json;
using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Orders.Placement;

/// <summary>
/// The one way in for signals, bots, buttons and protection: trading state and limits, then the <see cref="Order"/> row. What it is given
/// is validated already. It writes into a transaction that the caller commits together with what the order comes from.
/// </summary>
public sealed class OrderPlacer(RiskReader risks, OrderLedger ledger, SequentialIds ids, TimeProvider time)
{
    /// <summary>Makes the order <see cref="OrderStatus.Planned"/>, or says why there is none: then too the caller commits what the judgement has written.</summary>
    public async Task<PlacementResult> PlaceAsync(AppDb db, OrderRequest request, CancellationToken cancellationToken)
    {
        var verdict = await risks.JudgeAsync(db, request, cancellationToken);
        if (verdict.Refusal is not null)
        {
            return new PlacementResult(null, verdict);
        }

        var order = Row(request, time.GetUtcNow().UtcDateTime);
        ledger.Begin(db, order, order.CreatedAt);
        return new PlacementResult(order, verdict);
    }

    /// <summary>
    /// Takes an order that was planned earlier to <see cref="OrderStatus.Submitting"/>: what it is sent with, or null when it was denied
    /// because trading is halted, its time is over, its cancel was asked for, or the market's rules changed since.
    /// </summary>
    /// <param name="market">Null while its rules are not known: the order waits.</param>
    public async Task<ValidatedOrder?> SubmitAsync(AppDb db, Order order, Market? market, DateTime now, CancellationToken cancellationToken)
    {
        if (market is null && order.CancelRequestedAt is null && now <= (order.ExpiresAt ?? DateTime.MaxValue))
        {
            order.NextLookAt = now + TimeSpan.FromSeconds(1);
            return null;
        }

        var verdict = market is null ? null : OrderValidator.Check(Draft(order), market, order.ReferencePrice);
        var (code, reason) =
            order.CancelRequestedAt is not null ? (OrderCodes.Canceled, "It was cancelled before it was sent.")
            : now > order.ExpiresAt ? (OrderCodes.Expired, "It could not be sent in time, and is not sent late.")
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
        return verdict!.Order;
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
        var order = new Order
        {
            Id = ids.Next(),
            UserId = lost.UserId,
            AccountId = lost.AccountId,
            WebhookId = lost.WebhookId,
            OwnerKind = lost.OwnerKind,
            OwnerId = lost.OwnerId,
            Effect = lost.Effect,
            Origin = lost.Origin,
            OriginId = lost.OriginId,
            Leg = lost.Leg,
            Generation = lost.Generation + 1,
            ClientId = ClientOrderId.Of(lost.Origin, lost.OriginId, lost.Leg, lost.Generation + 1),
            Symbol = lost.Symbol,
            Side = lost.Side,
            Type = lost.Type,
            Quantity = lost.Quantity,
            Price = lost.Price,
            StopPrice = lost.StopPrice,
            TimeInForce = lost.TimeInForce,
            ReduceOnly = lost.ReduceOnly,
            PostOnly = lost.PostOnly,
            ReplacesId = lost.ReplacesId,
            ReplacePress = lost.ReplacePress,
            ReplaceQuantity = lost.ReplaceQuantity,
            ReplacePrice = lost.ReplacePrice,
            ReferencePrice = lost.ReferencePrice,
            Rounded = lost.Rounded,
            CancelRequestedAt = lost.CancelRequestedAt,
            CreatedAt = now,
            ExpiresAt = lost.ExpiresAt,
            UpdatedAt = now,
        };
        (lost.ReplaceQuantity, lost.ReplacePrice) = (null, null);
        ledger.Begin(db, order, now);
        return order;
    }

    /// <summary>What an order is sent as.</summary>
    internal static OrderDraft Draft(Order order) =>
        new()
        {
            Side = order.Side,
            Type = order.Type,
            Price = order.Price,
            StopPrice = order.StopPrice,
            Quantity = order.Quantity,
            TimeInForce = order.TimeInForce,
            ReduceOnly = order.ReduceOnly,
            PostOnly = order.PostOnly,
        };

    private Order Row(OrderRequest request, DateTime now)
    {
        var draft = request.Order.Draft;
        return new Order
        {
            Id = ids.Next(),
            UserId = request.UserId,
            AccountId = request.AccountId,
            WebhookId = request.WebhookId,
            OwnerKind = request.Owner.Kind,
            OwnerId = request.Owner.Id,
            Origin = request.Origin,
            OriginId = request.OriginId,
            Leg = request.Leg,
            Effect = request.Effect,
            Generation = request.Generation,
            ClientId = ClientOrderId.Of(request.Origin, request.OriginId, request.Leg, request.Generation),
            Symbol = request.Order.Market.Symbol,
            Side = draft.Side,
            Type = draft.Type,
            Quantity = draft.Quantity ?? throw new InvalidOperationException("An order is planned with a quantity."),
            Price = draft.Type is OrderType.Limit or OrderType.StopLimit ? draft.Price : null,
            StopPrice = draft.StopPrice,
            TimeInForce = draft.TimeInForce,
            ReduceOnly = draft.ReduceOnly,
            PostOnly = draft.PostOnly,
            ReplacesId = request.ReplacesId,
            ReferencePrice = request.ReferencePrice,
            Rounded = request.Rounded.Count == 0 ? null : JsonSerializer.Serialize(request.Rounded, ExactJson.Options),
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt,
            UpdatedAt = now,
        };
    }
}
