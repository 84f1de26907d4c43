namespace ExEngine.Core.Markets;

/// <summary>Codes: what a market's rules say. See <see cref="RefusalCode"/>.</summary>
public static class RefusalCodes
{
    [Refusal(
        "The exchange has no such market.",
        "Use one of the nearest symbols, or look the market up.",
        Field = "symbol",
        Asked = true,
        Nearest = true
    )]
    public const string SymbolUnknown = "symbol_unknown";

    [Refusal("The symbol stands for several markets.", "Write one of the nearest in full.", Field = "symbol", Asked = true, Nearest = true)]
    public const string SymbolAmbiguous = "symbol_ambiguous";

    [Refusal(
        "Only spot markets are traded, and this is another kind.",
        "Use the spot symbol.",
        Field = "symbol",
        Asked = true,
        Limit = true,
        Former = "market_not_spot"
    )]
    public const string SpotOnly = "spot_only";

    [Refusal("The exchange does not trade this market now.", "Wait, or use another market.", Field = "symbol", Asked = true)]
    public const string MarketInactive = "market_inactive";

    [Refusal(
        "The exchange's rules cannot be read now, and nothing is sent unchecked.",
        "Try again when the exchange answers.",
        Field = "symbol",
        Former = "rules_unknown"
    )]
    public const string MarketsUnavailable = "markets_unavailable";

    [Refusal(
        "There is no price now to measure the order with, or to count the cost of a market buy with.",
        "State a price or a quantity, or try again.",
        Field = "price or cost"
    )]
    public const string PriceUnknown = "price_unknown";

    [Refusal(
        "The price is no multiple of the market's tick.",
        "Send one of the nearest, or let the webhook round.",
        Field = "price or stopPrice",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string PriceOffTick = "price_off_tick";

    [Refusal(
        "The price is below the market's minimum.",
        "Send the nearest or more.",
        Field = "price or stopPrice",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string PriceTooLow = "price_too_low";

    [Refusal(
        "The price is above the market's maximum.",
        "Send the nearest or less.",
        Field = "price or stopPrice",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string PriceTooHigh = "price_too_high";

    [Refusal(
        "The quantity is no multiple of the market's step.",
        "Send one of the nearest, or let the webhook round.",
        Field = "quantity",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string QuantityOffStep = "quantity_off_step";

    [Refusal(
        "The quantity is below the market's minimum.",
        "Send the nearest or more.",
        Field = "quantity",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string QuantityTooLow = "quantity_too_low";

    [Refusal(
        "The quantity is above the market's maximum.",
        "Send the nearest or less, in several orders if need be.",
        Field = "quantity",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string QuantityTooHigh = "quantity_too_high";

    [Refusal(
        "Price times quantity is below the market's minimum.",
        "Ask for more.",
        Field = "cost",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string CostTooLow = "cost_too_low";

    [Refusal(
        "Price times quantity is above the market's maximum.",
        "Ask for less.",
        Field = "cost",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string CostTooHigh = "cost_too_high";

    [Refusal(
        "Quantity and cost are both stated and do not fit the price.",
        "State one of them, or numbers that fit.",
        Field = "cost",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string AmountsDisagree = "amounts_disagree";

    [Refusal(
        "The size is in a currency that the market does not trade in.",
        "State the size in the market's own currency.",
        Field = "cost",
        Asked = true,
        Limit = true
    )]
    public const string CurrencyMismatch = "currency_mismatch";

    [Refusal("The order needs more than is free.", "Ask for less, or free funds.", Field = "quantity", Asked = true, Limit = true)]
    public const string InsufficientFunds = "insufficient_funds";

    [Refusal(
        "More is to be sold than is held.",
        "Cancel what sells it, or sell less.",
        Field = "quantity",
        Asked = true,
        Limit = true,
        Nearest = true
    )]
    public const string NotHeld = "not_held";
}
