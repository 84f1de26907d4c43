using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// What a 3Commas signal bot of the strategy type is sent. <c>strategy_info</c> says the position that must result and its size;
/// a sender whose alert is older than <c>max_lag</c> seconds does not want it traded.
/// </summary>
public sealed class ThreeCommasStrategyPreset : JsonPreset
{
    private static readonly PresetWords Words = ThreeCommasOrder.Words(
        Vocabulary.Actions.ToDictionary(a => a.Key, a => new DirectedAction(a.Value, null))
    );

    public override string Id => "threeCommasStrategy";

    public override string Name => "3Commas strategy";

    public override PresetFields Fields => ThreeCommasOrder.Fields;

    public override bool Recognises(JsonPayload payload) => ThreeCommasOrder.Recognises(payload) && payload.Has("strategy_info");

    public override SignalDraft? Read(JsonPayload payload) => AlertReader.Read(payload.Fields(Words));

    public override string Strategy(string? secret) =>
        Message(
            secret,
            "{{close}}",
            "{{ticker}}",
            "{{strategy.order.action}}",
            "{{timenow}}",
            ThreeCommasOrder.Contracts,
            SampleJson.Of(
                null,
                ("market_position", "{{strategy.market_position}}"),
                ("market_position_size", "{{strategy.market_position_size}}"),
                ("prev_market_position", "{{strategy.prev_market_position}}"),
                ("prev_market_position_size", "{{strategy.prev_market_position_size}}")
            )
        );

    public override string Indicator(string? secret, SampleOrder? size) =>
        Message(
            secret,
            "{{close}}",
            "{{ticker}}",
            "buy",
            "{{timenow}}",
            ThreeCommasOrder.SizeOf(size),
            SampleJson.Of(null, ("market_position", "long"))
        );

    public override string Sample(SampleAlert alert) =>
        alert.Json([
            ("tv_instrument", alert.Symbol),
            ("action", "buy"),
            .. alert.Stamp("timestamp"),
            ("strategy_info", "{\"market_position\":\"long\"}"),
            ("order", SampleJson.Of(null, ("amount", alert.Quantity), ("currency_type", "base"), ("order_type", "market"))),
        ]);

    private static string Message(
        string? secret,
        string price,
        string symbol,
        string action,
        string time,
        (string Name, string Value)[] size,
        string position
    ) =>
        SampleJson.Of(
            secret,
            [
                ("max_lag", "300"),
                ("timestamp", time),
                ("trigger_price", price),
                ("tv_exchange", "{{exchange}}"),
                ("tv_instrument", symbol),
                ("action", action),
                ("strategy_info", position),
                .. size.Length == 0 ? Array.Empty<(string, string)>() : [("order", SampleJson.Of(null, size))],
            ]
        );
}
