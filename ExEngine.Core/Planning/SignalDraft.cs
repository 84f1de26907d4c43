using System.Text.Json.Serialization;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Planning;

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

    /// <summary>
    /// The side of the position that the action opens or closes, when the payload says so: an exit with a direction leaves a
    /// position of the other side alone. Null: a buy or sell is what it says, an exit closes whatever is held.
    /// </summary>
    public Direction? Direction { get; init; }

    /// <summary>The position that must result, when the payload states one.</summary>
    public Sentiment? Sentiment { get; init; }

    /// <summary>The position that the sender had before, when the payload states one: information, not an instruction.</summary>
    public Sentiment? PreviousSentiment { get; init; }

    /// <summary>The size in base that the sender's position has after this signal; never negative, 0 when flat.</summary>
    public decimal? PositionSize { get; init; }

    /// <summary>The size in base that the sender's position had before; never negative.</summary>
    public decimal? PreviousPositionSize { get; init; }
    public OrderType OrderType { get; init; }

    /// <summary>The order's price, quote per base. Checked against the market wherever it is stated.</summary>
    public decimal? Price { get; init; }

    /// <summary>The price that the sender saw when the alert fired: information, not an instruction.</summary>
    [JsonPropertyName("seenPrice")]
    public decimal? SignalPrice { get; init; }
    public decimal? StopPrice { get; init; }

    /// <summary>Distance of a trailing stop, in quote or in percent.</summary>
    public decimal? TrailAmount { get; init; }
    public decimal? TrailPercent { get; init; }

    /// <summary>A quantity in base.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>An amount in quote.</summary>
    public decimal? Cost { get; init; }

    /// <summary>
    /// The cost, or the amount at risk, is in US dollars: right only on a market whose quote is a dollar currency.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SizeInDollars { get; init; }

    /// <summary>
    /// A size that is neither of the two, such as a share of the equity. At most one of the three sizes is set, but for an order
    /// that states quantity and cost, which must agree. An exit without any size closes all of the position;
    /// <see cref="SizeMode.PercentOfPosition"/> closes that share.
    /// </summary>
    public SignalSize? Size { get; init; }

    /// <summary>True when the sender stated no size and the webhook's default is set, which sizes entries only; null otherwise.</summary>
    public bool? SizeIsDefault { get; init; }

    /// <summary>Nearest first as the sender wrote them; their shares add up to at most 100 %.</summary>
    public IReadOnlyList<TakeProfitStep> TakeProfits { get; init; } = [];
    public StopLoss? StopLoss { get; init; }
    public TimeInForce? TimeInForce { get; init; }
    public bool ReduceOnly { get; init; }

    /// <summary>Cancel the open orders of this symbol first.</summary>
    public bool? CancelOpen { get; init; }

    /// <summary>Of a cancel: only orders of this side; null: both.</summary>
    public OrderSide? CancelSide { get; init; }

    /// <summary>Wait this long before trading.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>When the sender says the alert fired, UTC.</summary>
    public DateTime? Time { get; init; }

    /// <summary>The payload's own limit on its age; the webhook's applies when this is null.</summary>
    public TimeSpan? MaxLag { get; init; }

    /// <summary>What it asks of a bot; null for an alert that trades itself.</summary>
    public BotMessage? Bot { get; init; }

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

    /// <summary>Nothing of its own: something is asked of a bot.</summary>
    Bot,
}

public enum Direction
{
    Long,
    Short,
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
