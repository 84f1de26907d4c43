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

    /// <summary>
    /// Upper case: what every value limit of the user, of accounts and of webhooks is in. Set on the user's row only; null is
    /// <see cref="DefaultCurrency"/>.
    /// </summary>
    public string? Currency { get; set; }

    /// <summary>In the currency, as are all values here.</summary>
    public decimal? MaxOrderValue { get; set; }

    /// <summary>Of one symbol.</summary>
    public decimal? MaxPositionValue { get; set; }

    /// <summary>Of everything that is held, and that open buy orders may still buy.</summary>
    public decimal? MaxExposure { get; set; }
    public int? MaxOpenOrders { get; set; }

    /// <summary>Above zero: realised since the user's day began.</summary>
    public decimal? MaxDailyLoss { get; set; }

    /// <summary>Above zero: what all open positions together have lost and not realised.</summary>
    public decimal? MaxUnrealizedLoss { get; set; }

    /// <summary>Above zero: how far realised and unrealised profit may fall below <see cref="ProfitPeak"/>.</summary>
    public decimal? MaxDrawdown { get; set; }

    /// <summary>
    /// The highest profit, realised and unrealised, that was seen since the drawdown limit was set or reset; null until it is first looked
    /// at, and while there is no such limit.
    /// </summary>
    public decimal? ProfitPeak { get; set; }

    /// <summary>UTC; while set the state is at least reduce-only: the drawdown limit was reached, and nobody has reset it.</summary>
    public DateTime? DrawdownReachedAt { get; set; }
    public int? MaxSignalsPerMinute { get; set; }
    public DateTime UpdatedAt { get; set; }

    public const string DefaultCurrency = "USDT";
    public const int MaxCurrency = 12;

    /// <summary>What the value limits are in.</summary>
    /// <param name="settings">With the user's, if there is one.</param>
    public static string CurrencyOf(IEnumerable<RiskSetting> settings) =>
        settings.FirstOrDefault(s => s.Scope == RiskScope.User)?.Currency ?? DefaultCurrency;
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
