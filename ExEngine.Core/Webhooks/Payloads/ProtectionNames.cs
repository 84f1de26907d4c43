namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>How a preset calls the distances of its protection, for errors that say what to state.</summary>
/// <param name="TakeProfit">Of which a target states exactly one.</param>
/// <param name="StopLoss">Of which a stop-loss states exactly one.</param>
internal sealed record ProtectionNames(IReadOnlyList<string> TakeProfit, IReadOnlyList<string> StopLoss)
{
    public static ProtectionNames Usual { get; } = new(["limitPrice", "percent", "amount"], ["percent", "amount", "stopPrice"]);

    public static ProtectionNames ThreeCommas { get; } = new(["price_percent"], ["trigger_price_percent"]);

    public static ProtectionNames Wunder { get; } = new(["priceDeviation", "price"], ["priceDeviation", "price"]);
}
