using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// What an OKX signal bot is sent, in both of its forms: buy or sell with <c>marketPosition</c>, and actions that name the side.
/// Its <c>id</c> is the strategy's order id, which comes back with every such order, so it is no key against duplicates.
/// </summary>
public sealed class OkxPreset : JsonPreset
{
    private static readonly TimeSpan UsualLag = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, DirectedAction> Actions = new(Vocabulary.DirectedActions)
    {
        ["buy"] = new(SignalAction.Buy, null),
        ["sell"] = new(SignalAction.Sell, null),
    };

    private static readonly Dictionary<string, SizeMode> InvestmentTypes = new()
    {
        ["base"] = SizeMode.Base,
        ["contract"] = SizeMode.Base,
        ["margin"] = SizeMode.Quote,
        ["percentage_balance"] = SizeMode.PercentOfAvailable,
        ["percentage_investment"] = SizeMode.PercentOfEquity,
        ["percentage_position"] = SizeMode.PercentOfPosition,
    };

    private static readonly PresetWords Words = new()
    {
        Fields =
        [
            ("instrument", FieldMeaning.Symbol),
            ("action", FieldMeaning.Action),
            ("marketPosition", FieldMeaning.Sentiment),
            ("prevMarketPosition", FieldMeaning.PreviousSentiment),
            ("marketPositionSize", FieldMeaning.PositionSize),
            ("prevMarketPositionSize", FieldMeaning.PreviousPositionSize),
            ("orderType", FieldMeaning.OrderType),
            ("price", FieldMeaning.Price),
            ("amount", FieldMeaning.Quantity),
            ("investmentType", FieldMeaning.SizeUnit),
            // How far from the price seen a limit is to be.
            ("orderPriceOffset", FieldMeaning.OtherPrice),
        ],
        Actions = Actions,
        Units = InvestmentTypes,
        PriceIsSeen = true,
        Id = "",
        Time = "timestamp",
        MaxLag = "maxLag",
    };

    public override string Id => "okx";

    public override string Name => "OKX signal";

    public override PresetFields Fields { get; } = new("instrument", ["amount"], "price", "price");

    public override bool Recognises(JsonPayload payload) => payload.Has("signalToken") || payload.Has("instrument");

    public override SignalDraft? Read(JsonPayload payload)
    {
        var draft = AlertReader.Read(payload.Fields(Words));
        return draft with { MaxLag = draft.MaxLag ?? UsualLag };
    }

    public override string Strategy(string? secret) =>
        Message(
            secret,
            ("id", "{{strategy.order.id}}"),
            ("action", "{{strategy.order.action}}"),
            ("marketPosition", "{{strategy.market_position}}"),
            ("marketPositionSize", "{{strategy.market_position_size}}"),
            ("prevMarketPosition", "{{strategy.prev_market_position}}"),
            ("prevMarketPositionSize", "{{strategy.prev_market_position_size}}"),
            ("instrument", "{{ticker}}"),
            ("timestamp", "{{timenow}}"),
            ("maxLag", "60"),
            ("investmentType", "base"),
            ("amount", "{{strategy.order.contracts}}")
        );

    public override string Indicator(string? secret, SampleOrder? size) =>
        Message(
            secret,
            [
                ("action", "ENTER_LONG"),
                ("instrument", "{{ticker}}"),
                ("timestamp", "{{timenow}}"),
                ("maxLag", "60"),
                ("orderType", "market"),
                .. SampleSize.Of(size, "amount", "investmentType", "usd", "base"),
            ]
        );

    public override string Sample(SampleAlert alert) =>
        alert.Json(
            "signalToken",
            [
                .. alert.Stamp("timestamp"),
                ("action", "ENTER_LONG"),
                ("instrument", alert.Symbol),
                ("orderType", "market"),
                ("investmentType", "base"),
                ("amount", alert.Quantity),
            ]
        );

    private static string Message(string? secret, params IEnumerable<(string Name, string Value)> fields) =>
        SampleJson.Of(secret, "signalToken", fields);
}
