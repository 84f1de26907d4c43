namespace ExEngine.Core.Markets;

/// <summary>What someone wants, before it is known to fit the market. Only what was stated is set.</summary>
public sealed record OrderDraft
{
    public required OrderSide Side { get; init; }
    public required OrderType Type { get; init; }

    /// <summary>Limit price, or for a market order the price that the sender saw; quote per base.</summary>
    public decimal? Price { get; init; }
    public decimal? StopPrice { get; init; }

    /// <summary>In base.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>In quote. With price and quantity also stated, the three must agree.</summary>
    public decimal? Cost { get; init; }
    public TimeInForce? TimeInForce { get; init; }
    public bool ReduceOnly { get; init; }

    /// <summary>Of a limit order: it is refused where it would take at once.</summary>
    public bool PostOnly { get; init; }
}

public enum OrderSide
{
    Buy,
    Sell,
}

public enum OrderType
{
    Market,
    Limit,
    Stop,
    StopLimit,
    TrailingStop,
}

public enum TimeInForce
{
    GoodTillCancelled,
    ImmediateOrCancel,
    FillOrKill,
    Day,
}
