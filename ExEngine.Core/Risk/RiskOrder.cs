namespace ExEngine.Core.Risk;

/// <summary>What the limits look at of an order that is about to be planned.</summary>
/// <param name="Quote">The market's quote asset, for the words.</param>
/// <param name="IsReducing">It makes a position smaller and can do nothing else, as whoever planned it says.</param>
/// <param name="Value">In quote: quantity × limit price, stop price or the market's price; null when no limit needs it.</param>
/// <param name="IsBuying">What it buys adds to the value of the position.</param>
public sealed record RiskOrder(string Symbol, string Quote, bool IsReducing, decimal? Value, bool IsBuying = true);

/// <summary>Figures of one scope: of the user, the account or the webhook that a setting is for. Only what is asked for is set.</summary>
public sealed record RiskContext
{
    /// <summary>
    /// In quote: what is held of the symbol at the same price as the order, and what open buy orders of it may still buy.
    /// </summary>
    public decimal PositionValue { get; init; }

    /// <summary>Orders that are not over, without protection.</summary>
    public int OpenOrders { get; init; }

    /// <summary>In the market's quote asset, since midnight UTC, over all symbols with that quote.</summary>
    public decimal RealizedToday { get; init; }

    /// <summary>Accepted in the last 60 seconds, the one that asks included.</summary>
    public int SignalsLastMinute { get; init; }
}

/// <summary>Which figures are needed.</summary>
[Flags]
public enum RiskNeed
{
    None = 0,

    /// <summary><see cref="RiskOrder.Value"/>.</summary>
    Price = 1,
    PositionValue = 2,
    OpenOrders = 4,
    RealizedToday = 8,
    Signals = 16,
}
