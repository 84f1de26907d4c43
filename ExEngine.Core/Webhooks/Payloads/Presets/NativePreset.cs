using ExEngine.Core.Markets;
using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// Our own field names: <c>trade_price</c> in quote per base, <c>trade_quantity</c> in base, <c>order_amount</c> in quote.
/// Each number that is stated is checked against the market, for market orders too.
/// </summary>
public sealed class NativePreset : JsonPreset
{
    public override string Id => "native";

    public override string Name => "Native";

    public override PresetFields Fields { get; } = new("symbol", ["trade_quantity", "order_amount"], "trade_price", "stop_price");

    public override bool Recognises(JsonPayload payload) =>
        payload.Has("symbol") || payload.Has("order_type") || payload.Has("trade_price") || payload.Has("trade_quantity");

    public override SignalDraft? Read(JsonPayload payload)
    {
        var action = payload.Required("action", Vocabulary.Actions);
        var price = payload.Positive("trade_price");
        var type = payload.Choice("order_type", Vocabulary.OrderTypes);
        var draft = new SignalDraft
        {
            Id = payload.Text("id"),
            Exchange = payload.Text("exchange"),
            Symbol = payload.Text("symbol"),
            Action = action,
            Sentiment = payload.Choice("sentiment", Vocabulary.Sentiments),
            OrderType = type ?? OrderType.Market,
            Price = price,
            StopPrice = payload.Positive("stop_price"),
            Quantity = payload.Positive("trade_quantity"),
            Cost = payload.Positive("order_amount"),
            TimeInForce = payload.Choice("time_in_force", Vocabulary.TimesInForce),
            ReduceOnly = payload.Flag("reduce_only") ?? false,
            Time = payload.Time("time"),
        };
        return draft with { Extras = payload.Extras() };
    }

    public override string Strategy(string? secret) =>
        SampleJson.Of(
            secret,
            ("symbol", "{{ticker}}"),
            ("action", "{{strategy.order.action}}"),
            ("order_type", "market"),
            ("trade_quantity", "{{strategy.order.contracts}}"),
            ("trade_price", "{{close}}"),
            ("time", "{{timenow}}"),
            ("order", "{{strategy.order.id}}")
        );

    public override string Indicator(string? secret, bool hasDefaultSize) =>
        SampleJson.Of(
            secret,
            [
                ("symbol", "{{ticker}}"),
                ("action", "buy"),
                ("order_type", "market"),
                .. hasDefaultSize ? Array.Empty<(string, string)>() : [("trade_quantity", "0.001")],
                ("trade_price", "{{close}}"),
                ("time", "{{timenow}}"),
            ]
        );

    public override string Sample(SampleAlert alert) =>
        alert.Json([
            ("symbol", alert.Symbol),
            ("action", "buy"),
            ("order_type", "limit"),
            ("trade_price", alert.Price),
            ("trade_quantity", alert.Quantity),
            .. alert.Stamp("time"),
        ]);
}
