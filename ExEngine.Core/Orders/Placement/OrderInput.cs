using ExEngine.Core.Markets;

namespace ExEngine.Core.Orders.Placement;

/// <summary>An order as a person or a script states it; the same in the form and over REST.</summary>
public record OrderInput
{
    public Guid? AccountId { get; set; }
    public string? Symbol { get; set; }
    public OrderSide? Side { get; set; }

    /// <summary>Market, limit, stop or stop-limit.</summary>
    public OrderType? Type { get; set; }

    /// <summary>In base. Exactly one of quantity and <see cref="Cost"/> is stated, or both when they agree.</summary>
    public decimal? Quantity { get; set; }

    /// <summary>
    /// In quote; becomes a quantity at the order's price, or at the last one for a market order, rounded down to the step.
    /// </summary>
    public decimal? Cost { get; set; }
    public decimal? Price { get; set; }
    public decimal? StopPrice { get; set; }
    public TimeInForce? TimeInForce { get; set; }
    public bool? ReduceOnly { get; set; }

    /// <summary>Of a limit order: the exchange refuses it where it would take at once. Default: false.</summary>
    public bool? PostOnly { get; set; }
}
