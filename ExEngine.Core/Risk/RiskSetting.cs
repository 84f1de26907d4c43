namespace ExEngine.Core.Risk;

/// <summary>
/// Trading state and limits of a user, an account or a webhook; no row means active and without limits. The strictest of
/// the three states and every limit that is set apply. Read, and held, in the transaction that plans an order.
/// </summary>
public sealed class RiskSetting
{
    /// <summary>The user's, account's or webhook's id.</summary>
    public Guid ScopeId { get; set; }
    public Guid UserId { get; set; }
    public RiskScope Scope { get; set; }
    public TradingState State { get; set; }

    /// <summary>While halted, protection and closes are stopped as well: what is held is then unprotected.</summary>
    public bool HaltProtection { get; set; }

    /// <summary>UTC; while it lies ahead the state is at least reduce-only: set when the daily loss limit was reached.</summary>
    public DateTime? ReduceOnlyUntil { get; set; }

    /// <summary>In the market's quote asset, each.</summary>
    public decimal? MaxOrderValue { get; set; }
    public decimal? MaxPositionValue { get; set; }
    public int? MaxOpenOrders { get; set; }

    /// <summary>In quote, above zero: realised since midnight UTC.</summary>
    public decimal? MaxDailyLoss { get; set; }
    public int? MaxSignalsPerMinute { get; set; }
    public DateTime UpdatedAt { get; set; }
}

public enum RiskScope
{
    User,
    Account,
    Webhook,
}

/// <summary>Ordered: a higher one is stricter.</summary>
public enum TradingState
{
    Active,

    /// <summary>Only orders that make a position smaller.</summary>
    ReduceOnly,

    /// <summary>
    /// Nothing that opens is sent; protection and closes are, unless <see cref="RiskSetting.HaltProtection"/>. Open orders stay unless
    /// cancelled.
    /// </summary>
    Halted,
}
