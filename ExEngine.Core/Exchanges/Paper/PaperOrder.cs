using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>An order in the book of a paper account: a row, and the value that <see cref="PaperMatchingEngine"/> computes with.</summary>
public sealed record PaperOrder
{
    public Guid AccountId { get; init; }

    /// <summary>The exchange's id of the order, from 1 in each account.</summary>
    public long Number { get; init; }

    /// <summary>Unique among the open orders of the account.</summary>
    public required string ClientId { get; init; }

    /// <summary>Where its price comes from.</summary>
    public required string Exchange { get; init; }
    public required string Symbol { get; init; }
    public required string Base { get; init; }
    public required string Quote { get; init; }
    public OrderSide Side { get; init; }
    public OrderType Type { get; init; }
    public TimeInForce TimeInForce { get; init; }

    /// <summary>In base.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Quote per base; null for market and stop orders.</summary>
    public decimal? Price { get; init; }
    public decimal? StopPrice { get; init; }
    public ExchangeOrderStatus Status { get; init; }

    /// <summary>In base, before fees.</summary>
    public decimal FilledQuantity { get; init; }

    /// <summary>In quote, before fees.</summary>
    public decimal ExecutedCost { get; init; }

    /// <summary>What is set aside for the rest of it: quote for a buy, base for a sell.</summary>
    public decimal Locked { get; init; }
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC; it has met the prices up to this instant, each once.</summary>
    public DateTime MetUntil { get; init; }

    /// <summary>UTC; null for a stop that waits, and for orders without a stop price.</summary>
    public DateTime? TriggeredAt { get; init; }

    /// <summary>UTC; when a day order ends.</summary>
    public DateTime? ExpiresAt { get; init; }

    public decimal Remaining => Quantity - FilledQuantity;

    public bool IsOpen => Status == ExchangeOrderStatus.Open;

    /// <summary>A stop whose price has not come yet.</summary>
    public bool Waits => StopPrice is not null && TriggeredAt is null;
}
