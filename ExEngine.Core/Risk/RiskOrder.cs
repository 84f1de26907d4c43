namespace ExEngine.Core.Risk;

/// <summary>What the limits look at of an order that is about to be planned.</summary>
/// <param name="Currency">What values are in, for the words.</param>
/// <param name="IsReducing">It makes a position smaller and can do nothing else, as whoever planned it says.</param>
/// <param name="Value">
/// In the currency: quantity × limit price, stop price or the market's price; null when no limit needs it.
/// </param>
/// <param name="IsBuying">What it buys adds to the value of the position.</param>
/// <param name="Rate">How the quote was converted; null when no limit needs it.</param>
public sealed record RiskOrder(string Symbol, string Currency, bool IsReducing, decimal? Value, bool IsBuying = true, Rate? Rate = null);

/// <summary>Figures of one scope: of the user, the account or the webhook that a setting is for. Only what is asked for is set.</summary>
public sealed record RiskContext
{
    /// <summary>
    /// In the currency: what is held of the symbol at the same price as the order, and what open buy orders of it may still buy.
    /// </summary>
    public decimal PositionValue { get; init; }

    /// <summary>In the currency: everything that is held, at market, and what open buy orders may still buy.</summary>
    public decimal Exposure { get; init; }

    /// <summary>Orders that are not over, without protection.</summary>
    public int OpenOrders { get; init; }

    /// <summary>In the currency, since the user's day began, over all symbols.</summary>
    public decimal RealizedToday { get; init; }

    /// <summary>In the currency, of all open positions together; negative is a loss.</summary>
    public decimal Unrealized { get; init; }

    /// <summary>In the currency: realised ever, and unrealised.</summary>
    public decimal TotalProfit { get; init; }

    /// <summary>Accepted in the last 60 seconds, the one that asks included.</summary>
    public int SignalsLastMinute { get; init; }

    /// <summary>The rates that the figures were converted with, for the words.</summary>
    public IReadOnlyList<Rate> Rates { get; init; } = [];
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
    Exposure = 32,
    Unrealized = 64,
    TotalProfit = 128,
}
