namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// What a TradingView strategy's position was and will be: without it, the doubled quantity of a reversal could not be told from a large
/// order. Every preset reads these names.
/// </summary>
internal static class StrategyPosition
{
    public static IReadOnlyList<(string Name, string Value)> Fields { get; } =
    [
        ("market_position", "{{strategy.market_position}}"),
        ("market_position_size", "{{strategy.market_position_size}}"),
        ("prev_market_position", "{{strategy.prev_market_position}}"),
        ("prev_market_position_size", "{{strategy.prev_market_position_size}}"),
    ];
}
