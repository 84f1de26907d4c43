using ExEngine.Core.Markets;

namespace ExEngine.Core.Webhooks;

/// <summary>What a payload asks for, in this product's words, before any market is known. Only what was stated is set.</summary>
public sealed record SignalDraft
{
    /// <summary>The payload's own id, when it states one: the first choice as dedupe key.</summary>
    public string? Id { get; init; }

    /// <summary>The exchange that the payload names; informative, the webhook's account decides.</summary>
    public string? Exchange { get; init; }

    /// <summary>The symbol as it was sent.</summary>
    public string? Symbol { get; init; }
    public required SignalAction Action { get; init; }

    /// <summary>The position that must result, when the payload states one.</summary>
    public Sentiment? Sentiment { get; init; }
    public OrderType OrderType { get; init; }

    /// <summary>The order's price, quote per base. Checked against the market wherever it is stated.</summary>
    public decimal? Price { get; init; }

    /// <summary>The price that the sender saw when the alert fired: information, not an instruction.</summary>
    public decimal? SeenPrice { get; init; }
    public decimal? StopPrice { get; init; }

    /// <summary>Distance of a trailing stop, in quote or in percent.</summary>
    public decimal? TrailAmount { get; init; }
    public decimal? TrailPercent { get; init; }

    /// <summary>A quantity in base.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>An amount in quote.</summary>
    public decimal? Cost { get; init; }

    /// <summary>A size that is neither of the two, such as a share of the equity.</summary>
    public SignalSize? Size { get; init; }
    public TakeProfit? TakeProfit { get; init; }
    public StopLoss? StopLoss { get; init; }
    public TimeInForce? TimeInForce { get; init; }
    public bool ReduceOnly { get; init; }

    /// <summary>Cancel the open orders of this symbol first.</summary>
    public bool? CancelOpen { get; init; }

    /// <summary>Wait this long before trading.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>When the sender says the alert fired, UTC.</summary>
    public DateTime? Time { get; init; }

    /// <summary>The payload's own limit on its age; the webhook's applies when this is null.</summary>
    public TimeSpan? MaxLag { get; init; }

    /// <summary>Fields that the preset does not know, as they came: kept and shown, never an error.</summary>
    public IReadOnlyDictionary<string, string> Extras { get; init; } = new Dictionary<string, string>();
}

public enum SignalAction
{
    Buy,
    Sell,
    Exit,
    Add,
    Cancel,
}

public enum Sentiment
{
    Long,
    Short,
    Flat,
}

/// <param name="Value">Percentages are in percent: 50 is one half.</param>
public sealed record SignalSize(SizeMode Mode, decimal Value);

public enum SizeMode
{
    Base,
    Quote,
    PercentOfEquity,
    PercentOfAvailable,
    PercentOfPosition,
    RiskAmount,
    RiskPercent,
}

/// <summary>Exactly one of the three is set.</summary>
public sealed record TakeProfit(decimal? LimitPrice, decimal? Percent, decimal? Amount);

/// <param name="Type"><c>stop</c>, <c>stop_limit</c> or <c>trailing_stop</c>.</param>
public sealed record StopLoss(
    string Type, decimal? Percent, decimal? Amount, decimal? StopPrice, decimal? LimitPrice, decimal? TrailAmount, decimal? TrailPercent);
