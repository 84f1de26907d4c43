namespace ExEngine.Core.Markets;

/// <summary>The closed set of refusal codes that a market's rules can give.</summary>
public static class RefusalCodes
{
    public const string SymbolUnknown = "symbol_unknown";
    public const string SymbolAmbiguous = "symbol_ambiguous";
    public const string MarketInactive = "market_inactive";

    /// <summary>The market is a derivative; only spot markets are traded.</summary>
    public const string SpotOnly = "spot_only";
    public const string PriceOffTick = "price_off_tick";
    public const string PriceTooLow = "price_too_low";
    public const string PriceTooHigh = "price_too_high";
    public const string QuantityOffStep = "quantity_off_step";
    public const string QuantityTooLow = "quantity_too_low";
    public const string QuantityTooHigh = "quantity_too_high";
    public const string CostTooLow = "cost_too_low";
    public const string CostTooHigh = "cost_too_high";
    public const string AmountsDisagree = "amounts_disagree";

    /// <summary>The size is in a currency that the market does not trade in.</summary>
    public const string CurrencyMismatch = "currency_mismatch";
}
