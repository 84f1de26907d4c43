using ExEngine.Core.Markets;

namespace ExEngine.Core.Webhooks.Presets;

/// <summary>
/// Our own field names: <c>trade_price</c> in quote per base, <c>trade_quantity</c> in base, <c>order_amount</c> in quote.
/// Each number that is stated is checked against the market, for market orders too.
/// </summary>
public sealed class NativePreset : JsonPreset
{
    public override string Id => "native";

    public override string Name => "Native";

    public override bool Recognises(JsonPayload payload) =>
        payload.Has("symbol") || payload.Has("order_type") || payload.Has("trade_price") || payload.Has("trade_quantity");

    public override SignalDraft? Read(JsonPayload payload)
    {
        var action = payload.Choice("action", Words.Actions);
        if (action is null && !payload.Has("action"))
        {
            payload.Error("action", $"is missing; allowed are {string.Join(", ", Words.Actions.Keys)}.");
        }

        var price = payload.Positive("trade_price");
        var type = payload.Choice("order_type", Words.OrderTypes);
        var draft = new SignalDraft
        {
            Id = payload.Text("id"),
            Exchange = payload.Text("exchange"),
            Symbol = payload.Text("symbol"),
            Action = action ?? default,
            Sentiment = payload.Choice("sentiment", Words.Sentiments),
            OrderType = type ?? OrderType.Market,
            Price = price,
            StopPrice = payload.Positive("stop_price"),
            Quantity = payload.Positive("trade_quantity"),
            Cost = payload.Positive("order_amount"),
            TimeInForce = payload.Choice("time_in_force", Words.TimesInForce),
            ReduceOnly = payload.Flag("reduce_only") ?? false,
            Time = payload.Time("time"),
        };
        return draft with { Extras = payload.Extras() };
    }
}
