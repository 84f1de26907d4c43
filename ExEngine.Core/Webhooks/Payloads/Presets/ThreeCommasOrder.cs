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

    public static PresetFields Fields { get; } = new("tv_instrument", ["order.amount"], "order.price", "order.stop_price");

    /// <summary>What a TradingView strategy trades.</summary>
    public static (string Name, string Value)[] Contracts { get; } =
    [("amount", "{{strategy.order.contracts}}"), ("currency_type", "base")];

    /// <summary>What is in the <c>order</c> of a message without a size of its own.</summary>
    public static (string Name, string Value)[] SizeOf(SampleOrder? size) => SampleSize.Of(size, "amount", "currency_type", "usd", "base");

    public static bool Recognises(JsonPayload payload) => payload.Has("tv_instrument") || payload.Has("bot_uuid");

    public static PresetWords Words(IReadOnlyDictionary<string, DirectedAction> actions) =>
        new()
        {
            Fields =
            [
                ("tv_instrument", FieldMeaning.Symbol),
                ("action", FieldMeaning.Action),
                ("trigger_price", FieldMeaning.SignalPrice),
                ("strategy_info.market_position", FieldMeaning.Sentiment),
                ("strategy_info.market_position_size", FieldMeaning.PositionSize),
                ("strategy_info.prev_market_position", FieldMeaning.PreviousSentiment),
                ("strategy_info.prev_market_position_size", FieldMeaning.PreviousPositionSize),
                ("order.amount", FieldMeaning.Quantity),
                ("order.currency_type", FieldMeaning.SizeUnit),
                ("order.order_type", FieldMeaning.OrderType),
                ("order.price", FieldMeaning.Price),
                ("order.stop_price", FieldMeaning.StopPrice),
                ("take_profit", FieldMeaning.TakeProfit),
                ("stop_loss", FieldMeaning.StopLoss),
            ],
            Actions = actions,
            Units = CurrencyTypes,

            // A share of an exit is of what is held, whatever the share is called.
            ExitsByPosition = true,
            PriceIsSeen = true,
            Protection = ProtectionNames.ThreeCommas,
            Id = "",
            Exchange = "tv_exchange",
            Time = "timestamp",
            MaxLag = "max_lag",
        };
}
