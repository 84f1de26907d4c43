using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// What a 3Commas signal bot of the custom type is sent: actions that name the side, take-profits in steps and a stop-loss,
/// all distances in percent of the entry, all shares in percent of the position.
/// </summary>
public sealed class ThreeCommasCustomPreset : JsonPreset
{
    private static readonly PresetWords Words = ThreeCommasOrder.Words(Vocabulary.DirectedActions);

    public override string Id => "threeCommasCustom";

    public override string Name => "3Commas custom";

    public override PresetFields Fields => ThreeCommasOrder.Fields;

    public override string Hint =>
        "The strategy message takes the action from the order's comment: give each order of the script the comment enter_long, exit_long, enter_short or exit_short.";

    public override bool Recognises(JsonPayload payload) => ThreeCommasOrder.Recognises(payload);

    public override SignalDraft? Read(JsonPayload payload) => AlertReader.Read(payload.Fields(Words));

    public override string Strategy(string? secret) =>
        Message(secret, ThreeCommasOrder.Contracts, "{{strategy.order.comment}}", StrategyPosition.Fields.Skip(1));

    public override string Indicator(string? secret, SampleOrder? size) => Message(secret, ThreeCommasOrder.SizeOf(size), "enter_long", []);

    public override string Sample(SampleAlert alert) =>
        alert.Json([
            ("tv_instrument", alert.Symbol),
            ("action", "enter_long"),
            .. alert.Stamp("timestamp"),
            ("order", SampleJson.Of(null, ("amount", alert.Quantity), ("currency_type", "base"), ("order_type", "market"))),
        ]);

    private static string Message(
        string? secret,
        (string Name, string Value)[] size,
        string action,
        IEnumerable<(string Name, string Value)> position
    ) =>
        SampleJson.Of(
            secret,
            [
                ("max_lag", "300"),
                ("timestamp", "{{timenow}}"),
                ("trigger_price", "{{close}}"),
                ("tv_exchange", "{{exchange}}"),
                ("tv_instrument", "{{ticker}}"),
                ("action", action),
                .. position,
                .. size.Length == 0
                    ? Array.Empty<(string, string)>()
                    : [("order", SampleJson.Of(null, [.. size, ("order_type", "market")]))],
            ]
        );
}
