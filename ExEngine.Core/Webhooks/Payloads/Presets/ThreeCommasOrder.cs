using ExEngine.Core.Markets;
using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>What the two payloads of 3Commas have in common: who, when, where, and the <c>order</c> object.</summary>
internal static class ThreeCommasOrder
{
    private static readonly Dictionary<string, SizeMode> CurrencyTypes = new()
    {
        ["base"] = SizeMode.Base,
        ["quote"] = SizeMode.Quote,
        ["margin_percent"] = SizeMode.PercentOfAvailable,
        ["position_percent"] = SizeMode.PercentOfPosition,
    };

    public static PresetFields Fields { get; } = new("tv_instrument", ["order.amount"], "order.price", "order.price");

    public static bool Recognises(JsonPayload payload) => payload.Has("tv_instrument") || payload.Has("bot_uuid");

    public static SignalDraft Read(JsonPayload payload, DirectedAction action)
    {
        var draft = new SignalDraft
        {
            Exchange = payload.Text("tv_exchange"),
            Symbol = payload.Text("tv_instrument"),
            Action = action.Action,
            Direction = action.Direction,
            SignalPrice = payload.Positive("trigger_price"),
            Time = payload.Time("timestamp"),
            MaxLag = payload.Seconds("max_lag", 1, Vocabulary.MaxLagSeconds),
        };
        return payload.Object("order") is { } order ? WithOrder(draft, order) : draft;
    }

    private static SignalDraft WithOrder(SignalDraft draft, JsonPayload order)
    {
        var mode = order.Choice("currency_type", CurrencyTypes) ?? SizeMode.Base;
        var isPercent = mode is SizeMode.PercentOfAvailable or SizeMode.PercentOfPosition;
        var amount = isPercent ? order.Percent("amount") : order.Positive("amount");

        // A share of an exit is of what is held, whatever the share is called.
        var sizeMode = isPercent && draft.Action == SignalAction.Exit ? SizeMode.PercentOfPosition : mode;
        var type = order.Choice("order_type", Vocabulary.PlainOrderTypes) ?? OrderType.Market;
        var price = order.Positive("price");
        return draft with
        {
            OrderType = type,
            Price = type == OrderType.Limit ? price : null,
            SignalPrice = draft.SignalPrice ?? price,
            Quantity = mode == SizeMode.Base ? amount : null,
            Cost = mode == SizeMode.Quote ? amount : null,
            Size = isPercent && amount is { } share ? new SignalSize(sizeMode, share) : null,
        };
    }
}
