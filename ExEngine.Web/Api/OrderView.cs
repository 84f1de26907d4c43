using System.Text.Json.Serialization;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Positions;

namespace ExEngine.Web.Api;

/// <summary>An order in a list. Quantities are in base, prices in quote per base, costs in quote; all before fees.</summary>
/// <param name="OriginId">The signal, bot, position or button press that it comes from.</param>
/// <param name="CancelRequested">Somebody asked for a cancel, and not only to change it.</param>
public sealed record OrderView(
    Guid Id,
    DateTime CreatedAt,
    Guid AccountId,
    string Account,
    OrderOrigin Origin,
    Guid OriginId,
    string Leg,
    string Symbol,
    OrderSide Side,
    OrderType Type,
    decimal Quantity,
    decimal? Price,
    decimal? StopPrice,
    bool ReduceOnly,
    OrderStatus Status,
    [property: JsonPropertyName("executed")] decimal FilledQuantity,
    decimal ExecutedCost,
    decimal? AveragePrice,
    decimal Remaining,
    decimal? ReferencePrice,
    Slippage? Slippage,
    string? Code,
    string? Reason,
    bool CancelRequested,
    DateTime? FinishedAt,
    bool PostOnly,
    Guid? ReplacesId
)
{
    public static OrderView Of(OrderRow r) =>
        new(
            r.Id,
            r.CreatedAt,
            r.AccountId,
            r.Account,
            r.Origin,
            r.OriginId,
            r.Leg,
            r.Symbol,
            r.Side,
            r.Type,
            r.Quantity,
            r.Price,
            r.StopPrice,
            r.ReduceOnly,
            r.Status,
            r.FilledQuantity,
            r.ExecutedCost,
            r.AveragePrice,
            r.Remaining,
            r.ReferencePrice,
            r.Slippage,
            r.Code,
            r.Reason,
            r.CancelRequestedAt is not null && !r.IsBeingReplaced,
            r.FinishedAt,
            r.PostOnly,
            r.ReplacesId
        );
}

/// <summary>One order with everything that is known of it.</summary>
/// <param name="ClientId">What it is found by at the exchange.</param>
/// <param name="ReferencePrice">The price that it was planned with; slippage is measured from it.</param>
/// <param name="Rounded">Numbers that were brought onto the market's steps.</param>
/// <param name="Change">What it is to become once it is proven off the book; null when no change is pending.</param>
/// <param name="ReplacesId">The order that it took the place of.</param>
/// <param name="ReplacedById">The order that took its place.</param>
public sealed record OrderDetailsView(
    Guid Id,
    DateTime CreatedAt,
    Guid AccountId,
    string Account,
    Guid? WebhookId,
    OrderOrigin Origin,
    Guid OriginId,
    string Leg,
    int Generation,
    string ClientId,
    string? ExchangeOrderId,
    string Symbol,
    OrderSide Side,
    OrderType Type,
    decimal Quantity,
    decimal? Price,
    decimal? StopPrice,
    TimeInForce? TimeInForce,
    bool ReduceOnly,
    OrderStatus Status,
    [property: JsonPropertyName("executed")] decimal FilledQuantity,
    decimal ExecutedCost,
    decimal? AveragePrice,
    decimal Remaining,
    decimal? ReferencePrice,
    Slippage? Slippage,
    IReadOnlyList<RoundedNumber> Rounded,
    string? Code,
    string? Reason,
    bool CancelRequested,
    DateTime? SubmittedAt,
    DateTime? ExpiresAt,
    DateTime? FinishedAt,
    DateTime UpdatedAt,
    bool PostOnly,
    OrderChangeView? Change,
    Guid? ReplacesId,
    Guid? ReplacedById,
    IReadOnlyList<FillView> Fills,
    IReadOnlyList<TransitionView> Transitions
)
{
    public static OrderDetailsView Of(OrderDetails story)
    {
        var (r, o) = (story.Row, story.Order);
        return new(
            r.Id,
            r.CreatedAt,
            r.AccountId,
            r.Account,
            o.WebhookId,
            r.Origin,
            r.OriginId,
            r.Leg,
            o.Generation,
            o.ClientId,
            o.ExchangeOrderId,
            r.Symbol,
            r.Side,
            r.Type,
            r.Quantity,
            r.Price,
            r.StopPrice,
            o.TimeInForce,
            r.ReduceOnly,
            r.Status,
            r.FilledQuantity,
            r.ExecutedCost,
            r.AveragePrice,
            r.Remaining,
            r.ReferencePrice,
            r.Slippage,
            story.Rounded,
            r.Code,
            r.Reason,
            r.CancelRequestedAt is not null && !r.IsBeingReplaced,
            o.SubmittedAt,
            o.ExpiresAt,
            r.FinishedAt,
            o.UpdatedAt,
            r.PostOnly,
            r is { ReplaceQuantity: { } quantity, ReplacePrice: { } price } ? new OrderChangeView(quantity, price) : null,
            r.ReplacesId,
            story.ReplacedById,
            [.. story.Fills.Select(FillView.Of)],
            [.. story.Transitions.Select(t => new TransitionView(t.From, t.To, t.At, t.Reason))]
        );
    }
}

/// <param name="Quantity">In base, altogether: what the order executes until then is part of it.</param>
/// <param name="Price">Quote per base.</param>
public sealed record OrderChangeView(decimal Quantity, decimal Price);

/// <param name="TradeId">The exchange's own.</param>
/// <param name="At">By the exchange's clock.</param>
/// <param name="RealizedProfit">In quote; zero for one that adds to the position.</param>
public sealed record FillView(
    string TradeId,
    Guid OrderId,
    FillKind Kind,
    OrderSide Side,
    decimal Price,
    decimal Quantity,
    decimal Cost,
    decimal Fee,
    string? FeeAsset,
    bool? IsMaker,
    DateTime At,
    decimal RealizedProfit
)
{
    public static FillView Of(Fill f) =>
        new(
            f.ExchangeTradeId,
            f.OrderId,
            f.Kind,
            f.Side,
            f.Price,
            f.Quantity,
            f.Cost,
            f.Fee,
            f.FeeAsset,
            f.IsMaker,
            f.At,
            f.RealizedProfit
        );
}

public sealed record TransitionView(OrderStatus? From, OrderStatus To, DateTime At, string? Reason);
