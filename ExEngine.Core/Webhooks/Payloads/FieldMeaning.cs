namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>What a field of an alert says about the trade. What says nothing about it is <see cref="None"/>, and harmless.</summary>
public enum FieldMeaning
{
    None,
    Symbol,
    Action,

    /// <summary>The side beside an action: of the position that an exit closes, or of the orders that a cancel means.</summary>
    Side,

    /// <summary>A size in base, or in what <see cref="SizeUnit"/> says.</summary>
    Quantity,

    /// <summary>A size in quote.</summary>
    Cost,

    /// <summary>A size in US dollars.</summary>
    DollarCost,
    SizeUnit,

    /// <summary>The asset that a size is counted in.</summary>
    SizeCurrency,
    OrderType,

    /// <summary>The limit of an order that says it is one; else what the sender saw.</summary>
    Price,
    LimitPrice,

    /// <summary>What the sender saw, whatever the order is.</summary>
    SignalPrice,
    StopPrice,
    TrailAmount,
    TrailPercent,

    /// <summary>A price, or an object of its own.</summary>
    StopLoss,
    StopLossPercent,

    /// <summary>A price, an object, or a list of them.</summary>
    TakeProfit,
    TakeProfitPercent,
    Sentiment,
    PositionSize,
    PreviousSentiment,
    PreviousPositionSize,
    ReduceOnly,
    TimeInForce,
    CancelOpen,
    Delay,

    /// <summary>A size of some kind that nobody reads.</summary>
    OtherSize,

    /// <summary>A price of some kind that nobody reads.</summary>
    OtherPrice,

    /// <summary>A stop-loss, a target or a trail of some kind that nobody reads.</summary>
    OtherProtection,

    /// <summary>How or when to trade, in a way that nobody reads.</summary>
    OtherOrder,
}
