using ExEngine.Core.Markets;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Orders.Placement;

/// <summary>
/// One order that a signal, a bot or a person wants; <see cref="OrderPlacer"/> makes an <see cref="Orders.Order"/> of it, or refuses.
/// </summary>
public sealed record OrderRequest
{
    public required Guid UserId { get; init; }
    public required Guid AccountId { get; init; }
    public Guid? WebhookId { get; init; }

    /// <summary>Whose position it changes.</summary>
    public required PositionOwner Owner { get; init; }
    public required OrderOrigin Origin { get; init; }
    public required Guid OriginId { get; init; }
    public required string Leg { get; init; }

    /// <summary>As <see cref="Orders.Order.Generation"/>.</summary>
    public int Generation { get; init; }

    /// <summary>The order that it takes the place of: limits count this one in its stead.</summary>
    public Guid? ReplacesId { get; init; }

    /// <summary>Whoever plans it knows: it is never derived from the side.</summary>
    public required Effect Effect { get; init; }

    /// <summary>With a quantity: whoever asks has turned amounts and shares into base before.</summary>
    public required ValidatedOrder Order { get; init; }

    /// <summary>Quote per base: the last price when this was planned; needed for limits on value when the order states no price.</summary>
    public decimal? ReferencePrice { get; init; }
    public IReadOnlyList<RoundedNumber> Rounded { get; init; } = [];

    /// <summary>UTC; null for orders that are sent however late it is, such as a stop-loss.</summary>
    public DateTime? ExpiresAt { get; init; }
}
