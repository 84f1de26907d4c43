using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// Our own field names: <c>trade_price</c> in quote per base, <c>trade_quantity</c> in base, <c>order_amount</c> in quote. The price of a
/// market order is what the sender saw.
/// </summary>
public sealed class NativePreset : JsonPreset
{
    private static readonly PresetWords Words = new()
    {
        Fields =
        [
            ("symbol", FieldMeaning.Symbol),
            ("action", FieldMeaning.Action),
            ("order_type", FieldMeaning.OrderType),
            ("trade_price", FieldMeaning.Price),
            ("trade_quantity", FieldMeaning.Quantity),
            ("order_amount", FieldMeaning.Cost),
            ("limit_price", FieldMeaning.LimitPrice),
            ("stop_price", FieldMeaning.StopPrice),
            ("sentiment", FieldMeaning.Sentiment),
            ("reduce_only", FieldMeaning.ReduceOnly),
            ("time_in_force", FieldMeaning.TimeInForce),
            ("quantity_type", FieldMeaning.SizeUnit),
            ("stop_loss", FieldMeaning.StopLoss),
            ("take_profit", FieldMeaning.TakeProfit),
            // Beside order_amount, which is in quote, a bare amount can be either.
            ("amount", FieldMeaning.OtherSize),
            ("order.amount", FieldMeaning.OtherSize),
            // The name of the order in the script: {{strategy.order.id}}.
            ("order", FieldMeaning.None),
        ],
    };

    public override string Id => "native";

    public override string Name => "Native";

    public override PresetFields Fields { get; } = new("symbol", ["trade_quantity", "order_amount"], "trade_price", "stop_price");

    public override bool Recognises(JsonPayload payload) =>
        payload.Has("symbol") || payload.Has("order_type") || payload.Has("trade_price") || payload.Has("trade_quantity");

    public override SignalDraft? Read(JsonPayload payload) => AlertReader.Read(payload.Fields(Words));

    public override string Strategy(string? secret) =>
        SampleJson.Of(
            secret,
            [
                ("symbol", "{{ticker}}"),
                ("action", "{{strategy.order.action}}"),
                ("order_type", "market"),
                ("trade_quantity", "{{strategy.order.contracts}}"),
                ("trade_price", "{{close}}"),
                .. StrategyPosition.Fields,
                ("time", "{{timenow}}"),
                ("order", "{{strategy.order.id}}"),
            ]
        );

    public override string Indicator(string? secret, SampleOrder? size) =>
        SampleJson.Of(
            secret,
            [
                ("symbol", "{{ticker}}"),
                ("action", "buy"),
                ("order_type", "market"),
                .. SampleSize.Of(size, "trade_quantity", "quantity_type", "usd", "base"),
                ("trade_price", "{{close}}"),
                ("time", "{{timenow}}"),
            ]
        );

    public override string Sample(SampleAlert alert) =>
        alert.Json([
            ("symbol", alert.Symbol),
            ("action", "buy"),
            ("order_type", "market"),
            ("trade_quantity", alert.Quantity),
            .. alert.Stamp("time"),
        ]);
}
