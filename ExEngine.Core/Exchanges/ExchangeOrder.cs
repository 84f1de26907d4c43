using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges;

/// <summary>An order as the exchange sees it.</summary>
public sealed record ExchangeOrder
{
    public required string ExchangeOrderId { get; init; }

    /// <summary>Null for orders that were placed without one.</summary>
    public string? ClientId { get; init; }
    public required string Symbol { get; init; }
    public required ExchangeOrderStatus Status { get; init; }
    public OrderSide Side { get; init; }

    /// <summary>In base.</summary>
    public decimal Quantity { get; init; }

    /// <summary>In base, before fees.</summary>
    public decimal FilledQuantity { get; init; }

    /// <summary>In quote, before fees.</summary>
    public decimal ExecutedCost { get; init; }

    /// <summary>UTC; null when the exchange does not tell.</summary>
    public DateTime? CreatedAt { get; init; }

    /// <summary>Trades that came with the answer; null when it carried none, which does not mean that there are none.</summary>
    public IReadOnlyList<ExchangeTrade>? Trades { get; init; }
}

public enum ExchangeOrderStatus
{
    /// <summary>Resting, or a stop that waits; <see cref="ExchangeOrder.FilledQuantity"/> may be above zero.</summary>
    Open,
    Filled,
    Canceled,

    /// <summary>Ended by the exchange: time in force, or no liquidity for the rest of a market order. May have part filled.</summary>
    Expired,
    Rejected,
}
