using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Orders;

/// <summary>
/// One order that this product wants, sent or has sent: written before anything leaves, kept for ever. Only
/// <c>OrderPlacer</c> makes one; its <see cref="Status"/> moves by <see cref="OrderTransitions"/> only.
/// </summary>
public sealed class Order
{
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public Guid AccountId { get; set; }

    /// <summary>The webhook behind it; null for buttons and bots.</summary>
    public Guid? WebhookId { get; set; }

    /// <summary>Whose position its fills change.</summary>
    public OwnerKind OwnerKind { get; set; }
    public Guid OwnerId { get; set; }

    /// <summary>What it does to that position; never derived from the side.</summary>
    public Effect Effect { get; set; }
    public OrderOrigin Origin { get; set; }

    /// <summary>The signal, bot, position or button press that it comes from.</summary>
    public Guid OriginId { get; set; }

    /// <summary>Which part of its origin: <c>exit</c>, <c>enter</c>, <c>takeProfit1</c>, <c>stopLoss</c>.</summary>
    public required string Leg { get; set; }

    /// <summary>From 0; one higher each time the leg is sent again after it was proven absent.</summary>
    public int Generation { get; set; }

    /// <summary>
    /// 32 lower-case hexadecimal digits, derived from origin, leg and generation (<c>ClientOrderId</c>). Unique per account.
    /// </summary>
    public required string ClientId { get; set; }
    public required string Symbol { get; set; }
    public OrderSide Side { get; set; }
    public OrderType Type { get; set; }

    /// <summary>In base, on the market's step.</summary>
    public decimal Quantity { get; set; }

    /// <summary>Limit price, quote per base; null for market and stop orders.</summary>
    public decimal? Price { get; set; }
    public decimal? StopPrice { get; set; }
    public TimeInForce? TimeInForce { get; set; }

    /// <summary>It can only make the position smaller; allowed while trading is reduce-only.</summary>
    public bool ReduceOnly { get; set; }

    /// <summary>A limit order that only ever rests first: the exchange refuses it where it would take.</summary>
    public bool PostOnly { get; set; }

    /// <summary>Quote per base: the price that the plan was made with; slippage is measured from it.</summary>
    public decimal? ReferencePrice { get; set; }

    /// <summary>JSON list of numbers that were rounded (asked, sent); null when none was.</summary>
    public string? Rounded { get; set; }
    public OrderStatus Status { get; set; }
    public string? ExchangeOrderId { get; set; }

    /// <summary>In base, before fees: what the exchange says was executed.</summary>
    public decimal FilledQuantity { get; set; }

    /// <summary>In quote, before fees. <c>ExecutedCost / FilledQuantity</c> is the average price.</summary>
    public decimal ExecutedCost { get; set; }

    /// <summary>
    /// In base, before fees: the sum of the fills that are stored. Settled orders have it equal to <see cref="FilledQuantity"/>.
    /// </summary>
    public decimal BookedQuantity { get; set; }

    /// <summary>Code of the refusal or of the last fault.</summary>
    public string? Code { get; set; }
    public string? Reason { get; set; }

    /// <summary>How many times it was handed to the exchange.</summary>
    public int Attempt { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime? SubmittedAt { get; set; }
    public DateTime? UnknownSince { get; set; }

    /// <summary>UTC instant of the first of <see cref="AbsentCount"/> looks in a row that did not find it.</summary>
    public DateTime? AbsentSince { get; set; }
    public int AbsentCount { get; set; }

    /// <summary>UTC; not sent, and not asked about, before that.</summary>
    public DateTime? NextLookAt { get; set; }

    /// <summary>UTC; set by whoever wants it cancelled, the lease holder does it.</summary>
    public DateTime? CancelRequestedAt { get; set; }

    /// <summary>The order that it took the place of, for what that had not executed; null for most.</summary>
    public Guid? ReplacesId { get; set; }

    /// <summary>The press or request that asked for a change, whether it is done or not.</summary>
    public Guid? ReplacePress { get; set; }

    /// <summary>In base: what is wanted altogether, with what this order has executed; null when no change is pending.</summary>
    public decimal? ReplaceQuantity { get; set; }

    /// <summary>Quote per base: the limit of the order that follows; null when no change is pending.</summary>
    public decimal? ReplacePrice { get; set; }

    /// <summary>UTC; an order that was not sent by then is denied instead of sent late.</summary>
    public DateTime? ExpiresAt { get; set; }
    public DateTime? FinishedAt { get; set; }

    /// <summary>UTC; final, every fill stored and no late one to expect: nothing looks at it any more.</summary>
    public DateTime? SettledAt { get; set; }

    /// <summary>UTC; set with every change of the row: the engine reads again what changed since it last looked.</summary>
    public DateTime UpdatedAt { get; set; }

    public decimal? AveragePrice => FilledQuantity > 0 ? ExecutedCost / FilledQuantity : null;

    public decimal Remaining => Quantity - FilledQuantity;

    /// <summary>Its cancel makes room for another: what it has not executed by then is placed again, as it was asked.</summary>
    public bool IsBeingReplaced => ReplaceQuantity is not null;

    /// <summary>
    /// Whether so much is all of it. A market buy may have been sent by its cost, and then executes less or more than its quantity: once it
    /// is above that, only the exchange knows whether more is to come.
    /// </summary>
    public bool IsWhole(decimal executed) =>
        executed == Quantity || (executed > Quantity && this is not { Side: OrderSide.Buy, Type: OrderType.Market });
}

/// <summary>What an order comes from.</summary>
public enum OrderOrigin
{
    Signal,
    Bot,

    /// <summary>A person: order form, close button, or REST.</summary>
    Button,

    /// <summary>Take-profit or stop-loss that the engine keeps for a position.</summary>
    Protection,
}
