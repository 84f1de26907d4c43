using ExEngine.Core.Markets;

namespace ExEngine.Core.Protection;

/// <summary>Codes: what the protection of a position says to who sets it. See <see cref="RefusalCode"/>.</summary>
public static class ProtectionCodes
{
    [Refusal(
        "The stop-loss is at or above the market, so all would be sold at once.",
        "State a lower stop-loss, or confirm that it is meant.",
        Field = "stopLoss",
        Asked = true,
        Limit = true
    )]
    public const string StopNotBelowMarket = "stop_not_below_market";

    [Refusal(
        "A take-profit is at or below the market, so its part would be sold at once.",
        "State a higher take-profit, or confirm that it is meant.",
        Field = "takeProfits",
        Asked = true,
        Limit = true
    )]
    public const string TargetNotAboveMarket = "target_not_above_market";

    [Refusal(
        "There is no fresh price to hold the protection against; at a wrong one it would sell at once.",
        "Try again when the exchange answers, or confirm that it is meant.",
        Field = "price"
    )]
    public const string MarketPriceUnknown = "market_price_unknown";
}
