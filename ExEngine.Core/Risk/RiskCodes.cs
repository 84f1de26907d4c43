using ExEngine.Core.Markets;

namespace ExEngine.Core.Risk;

/// <summary>Codes: what the risk limits and the trading state say. See <see cref="RefusalCode"/>.</summary>
public static class RiskCodes
{
    [Refusal(
        "Trading is halted for this webhook, account or user; what closes positions passes, unless protection is halted too.",
        "Resume trading, then send it again.",
        Field = "state"
    )]
    public const string TradingHalted = "trading_halted";

    [Refusal("Only what closes positions is traded now.", "Wait until the state ends, or set it back to active.", Field = "state")]
    public const string ReduceOnly = "reduce_only";

    [Refusal(
        "Today's realised loss has reached its limit; only what closes positions is traded until the day ends.",
        "Wait for the day to end, or raise the limit.",
        Field = "loss",
        Asked = true,
        Limit = true
    )]
    public const string MaxDailyLoss = "max_daily_loss";

    [Refusal(
        "More signals came in the last minute than are allowed.",
        "Send fewer, or raise the limit.",
        Field = "signals",
        Asked = true,
        Limit = true
    )]
    public const string MaxSignalsPerMinute = "max_signals_per_minute";

    [Refusal("As many orders are open as are allowed.", "Cancel one, or raise the limit.", Field = "orders", Asked = true, Limit = true)]
    public const string MaxOpenOrders = "max_open_orders";

    [Refusal("The order is worth more than is allowed.", "Ask for less, or raise the limit.", Field = "cost", Asked = true, Limit = true)]
    public const string MaxOrderValue = "max_order_value";

    [Refusal(
        "The position would be worth more than is allowed.",
        "Ask for less, or raise the limit.",
        Field = "cost",
        Asked = true,
        Limit = true
    )]
    public const string MaxPositionValue = "max_position_value";

    [Refusal(
        "Everything held and being bought would be worth more than is allowed.",
        "Ask for less, close something, or raise the limit.",
        Field = "cost",
        Asked = true,
        Limit = true
    )]
    public const string MaxExposure = "max_exposure";

    [Refusal(
        "Open positions have lost as much as is allowed; only what closes positions is traded while that lasts.",
        "Close positions, wait, or raise the limit.",
        Field = "loss",
        Asked = true,
        Limit = true
    )]
    public const string MaxUnrealizedLoss = "max_unrealized_loss";

    [Refusal(
        "The profit fell from its highest by as much as is allowed; only what closes positions is traded until somebody resets it.",
        "Reset it on the Limits page or with resetDrawdown, or set another limit.",
        Field = "loss",
        Asked = true,
        Limit = true
    )]
    public const string MaxDrawdown = "max_drawdown";

    [Refusal(
        "A limit cannot be judged, because a price or the rate to the limits' currency is not known now.",
        "Try again when the exchange answers, choose another currency, or take the limit away.",
        Field = "symbol or currency",
        Asked = true
    )]
    public const string RateUnknown = "rate_unknown";
}
