using ExEngine.Core.Markets;
using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// What a 3Commas signal bot of the custom type is sent: actions that name the side, take-profits in steps and a stop-loss,
/// all distances in percent of the entry, all shares in percent of the position.
/// </summary>
public sealed class ThreeCommasCustomPreset : JsonPreset
{
    public override string Id => "threeCommasCustom";

    public override string Name => "3Commas custom";

    public override PresetFields Fields => ThreeCommasOrder.Fields;

    public override string Hint =>
        "The strategy message takes the action from the order's comment: give each order of the script the comment enter_long, exit_long, enter_short or exit_short.";

    public override bool Recognises(JsonPayload payload) => ThreeCommasOrder.Recognises(payload);

    public override SignalDraft? Read(JsonPayload payload)
    {
        var action = payload.Required("action", Vocabulary.DirectedActions);
        var draft = ThreeCommasOrder.Read(payload, action) with
        {
            TakeProfits = Enabled(payload, "take_profit") is { } profit ? ReadSteps(profit) : [],
            StopLoss = Enabled(payload, "stop_loss") is { } stop ? ReadStop(stop) : null,
        };
        return draft with { Extras = payload.Extras() };
    }

    public override string Strategy(string? secret) => Message(secret, "{{strategy.order.contracts}}", "{{strategy.order.comment}}");

    public override string Indicator(string? secret, bool hasDefaultSize) => Message(secret, hasDefaultSize ? null : "0.001", "enter_long");

    public override string Sample(SampleAlert alert) =>
        alert.Json([
            ("tv_instrument", alert.Symbol),
            ("action", "enter_long"),
            .. alert.Stamp("timestamp"),
            (
                "order",
                SampleJson.Of(null, ("amount", alert.Quantity), ("currency_type", "base"), ("order_type", "limit"), ("price", alert.Price))
            ),
        ]);

    private static JsonPayload? Enabled(JsonPayload payload, string name) =>
        payload.Object(name) is { } part && part.Flag("enabled") != false ? part : null;

    private static List<TakeProfitStep> ReadSteps(JsonPayload profit)
    {
        var steps = new List<TakeProfitStep>();
        foreach (var step in profit.Objects("steps"))
        {
            var type = step.Choice("order_type", Vocabulary.PlainOrderTypes) ?? OrderType.Limit;
            var (percent, share) = (step.Positive("price_percent"), step.Percent("volume_percent"));
            if (percent is null && !step.Has("price_percent"))
            {
                step.Error("price_percent", "is missing; state the distance from the entry in percent.");
            }

            steps.Add(
                new TakeProfitStep
                {
                    OrderType = type,
                    Percent = percent,
                    Share = share ?? 100m,
                }
            );
        }

        if (steps.Count == 0)
        {
            profit.Error("steps", "holds no step; state at least one, or enabled: false.");
        }

        Protection.CheckShares(profit, "steps", steps);
        return steps;
    }

    private static StopLoss ReadStop(JsonPayload stop)
    {
        var type = stop.Choice("order_type", Vocabulary.PlainOrderTypes) ?? OrderType.Market;
        var percent = stop.Positive("trigger_price_percent");
        if (percent is null && !stop.Has("trigger_price_percent"))
        {
            stop.Error("trigger_price_percent", "is missing; state the distance from the entry in percent.");
        }

        return new StopLoss
        {
            OrderType = type == OrderType.Limit ? OrderType.StopLimit : OrderType.Stop,
            Percent = percent,
            BreakEven = stop.Flag("breakeven") ?? false,
        };
    }

    private static string Message(string? secret, string? amount, string action) =>
        SampleJson.Of(
            secret,
            [
                ("max_lag", "300"),
                ("timestamp", "{{timenow}}"),
                ("trigger_price", "{{close}}"),
                ("tv_exchange", "{{exchange}}"),
                ("tv_instrument", "{{ticker}}"),
                ("action", action),
                .. amount is null
                    ? Array.Empty<(string, string)>()
                    : [("order", SampleJson.Of(null, ("amount", amount), ("currency_type", "base"), ("order_type", "market")))],
            ]
        );
}
