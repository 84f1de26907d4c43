using ExEngine.Core.Markets;

namespace ExEngine.Core.Positions;

/// <summary>
/// One execution of one of our orders: the exchange's trade, kept for ever. Unique by account, symbol and the exchange's trade
/// id, so that a trade that is told twice counts once.
/// </summary>
public sealed class Fill
{
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public Guid AccountId { get; set; }

    /// <summary>Empty when no order of ours is behind it.</summary>
    public Guid OrderId { get; set; }

    /// <summary>Whose position it belongs to: <see cref="Position.OwnerId"/>.</summary>
    public Guid OwnerId { get; set; }
    public FillKind Kind { get; set; }
    public required string Symbol { get; set; }
    public required string ExchangeTradeId { get; set; }
    public OrderSide Side { get; set; }

    /// <summary>Quote per base.</summary>
    public decimal Price { get; set; }

    /// <summary>In base, before fees.</summary>
    public decimal Quantity { get; set; }

    /// <summary>In quote, before fees.</summary>
    public decimal Cost { get; set; }

    /// <summary>In <see cref="FeeAsset"/>; negative is a rebate.</summary>
    public decimal Fee { get; set; }
    public string? FeeAsset { get; set; }
    public bool? IsMaker { get; set; }

    /// <summary>UTC, by the exchange's clock: fills of a position count in this order.</summary>
    public DateTime At { get; set; }

    /// <summary>UTC instant at which it was stored here.</summary>
    public DateTime StoredAt { get; set; }

    /// <summary>True until the bot that it belongs to has counted it; null for fills of no bot, and afterwards.</summary>
    public bool? IsUntold { get; set; }

    /// <summary>In quote: what this fill realised; zero for one that adds. Set by <c>PositionMath</c>.</summary>
    public decimal RealizedProfit { get; set; }
}

/// <summary>Why a position changed.</summary>
public enum FillKind
{
    /// <summary>The exchange executed one of our orders.</summary>
    Trade,

    /// <summary>Coins that came or went at the exchange without an order of ours, assigned to a position by a person.</summary>
    External,

    /// <summary>Written off, or added, by a person so that the books say what the exchange says.</summary>
    Adjustment,

    /// <summary>A fee of another market's trade that was paid in this position's base.</summary>
    Commission,
}
