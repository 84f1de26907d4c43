namespace ExEngine.Core.Risk;

/// <summary>The closed set of refusal codes of the risk limits.</summary>
public static class RiskCodes
{
    public const string TradingHalted = "trading_halted";
    public const string ReduceOnly = "reduce_only";
    public const string MaxDailyLoss = "max_daily_loss";
    public const string MaxSignalsPerMinute = "max_signals_per_minute";
    public const string MaxOpenOrders = "max_open_orders";
    public const string MaxOrderValue = "max_order_value";
    public const string MaxPositionValue = "max_position_value";
}
