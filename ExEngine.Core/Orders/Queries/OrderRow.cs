using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Positions;
using ExEngine.Core.Text;

namespace ExEngine.Core.Orders.Queries;

/// <summary>An order as lists show it. Amounts are as in <see cref="Order"/>.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Exchange">The account's exchange.</param>
public sealed record OrderRow(
    Guid Id,
    DateTime CreatedAt,
    Guid AccountId,
    string Account,
    string Exchange,
    AccountMode Mode,
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
    decimal FilledQuantity,
    decimal ExecutedCost,
    decimal? ReferencePrice,
    string? Code,
    string? Reason,
    DateTime? CancelRequestedAt,
    DateTime? FinishedAt,
    bool PostOnly,
    Guid? ReplacesId,
    decimal? ReplaceQuantity,
    decimal? ReplacePrice,
    Effect Effect
)
{
    /// <summary>In quote per base: the limit, or the stop that makes a market order of it; null for one at market.</summary>
    public decimal? ShownPrice => Type is OrderType.Limit or OrderType.StopLimit ? Price ?? StopPrice : StopPrice;

    public decimal? AveragePrice => FilledQuantity > 0 ? ExecutedCost / FilledQuantity : null;

    /// <summary>Nothing of one that is filled, whatever it executed: a market buy may have been sent by its cost.</summary>
    public decimal Remaining => Status == OrderStatus.Filled ? 0 : Math.Max(Quantity - FilledQuantity, 0);

    /// <summary>Null while nothing was executed or no reference is known.</summary>
    public Slippage? Slippage => SlippageMath.Of(Side, ReferencePrice, FilledQuantity, ExecutedCost);

    /// <summary>The exchange has it, though a person called it never placed, and nobody has seen that yet.</summary>
    public bool IsPlacedAfterAll => Code == OrderCodes.PlacedAfterAll;

    /// <summary>It is not final, and nobody asked for a cancel yet, or only to change it.</summary>
    public bool CanCancel => !Status.IsFinal() && (CancelRequestedAt is null || IsBeingReplaced);

    /// <summary>What it is to become waits for the proof that it is off the book.</summary>
    public bool IsBeingReplaced => ReplaceQuantity is not null;

    /// <summary>Its price and quantity can be changed.</summary>
    public bool CanReplace => OrderReplacer.MayReplace(Type, Origin, Effect, Status, CancelRequestedAt is not null, IsBeingReplaced);
}

/// <summary>One order with everything that is known of it.</summary>
/// <param name="Transitions">Oldest first.</param>
/// <param name="Fills">Oldest first.</param>
/// <param name="ReplacedById">The order that took its place; null for most.</param>
public sealed record OrderDetails(
    OrderRow Row,
    Order Order,
    IReadOnlyList<OrderTransition> Transitions,
    IReadOnlyList<Fill> Fills,
    Guid? ReplacedById
)
{
    /// <summary>Numbers that were rounded on the way: asked, sent.</summary>
    public IReadOnlyList<RoundedNumber> Rounded =>
        Order.Rounded is { } json ? System.Text.Json.JsonSerializer.Deserialize<List<RoundedNumber>>(json, ExactJson.Options) ?? [] : [];
}
