using ExEngine.Core.Markets;
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

    public override string Id => "okx";

    public override string Name => "OKX signal";

    public override PresetFields Fields { get; } = new("instrument", ["amount"], "price", "price");

    public override bool Recognises(JsonPayload payload) => payload.Has("signalToken") || payload.Has("instrument");

    public override SignalDraft? Read(JsonPayload payload)
    {
        var action = payload.Required("action", Actions);
        var mode = payload.Choice("investmentType", InvestmentTypes) ?? SizeMode.Base;
        var isPercent = mode is not (SizeMode.Base or SizeMode.Quote);
        var amount = isPercent ? payload.Percent("amount") : payload.Positive("amount");
        var type = payload.Choice("orderType", Vocabulary.PlainOrderTypes) ?? OrderType.Market;
        var price = payload.Positive("price");
        var draft = new SignalDraft
        {
            Symbol = payload.Text("instrument"),
            Action = action.Action,
            Direction = action.Direction,
            Sentiment = payload.Choice("marketPosition", Vocabulary.Sentiments),
            PreviousSentiment = payload.Choice("prevMarketPosition", Vocabulary.Sentiments),
            OrderType = type,
            Price = type == OrderType.Limit ? price : null,
            SignalPrice = price,
            Quantity = mode == SizeMode.Base ? amount : null,
            Cost = mode == SizeMode.Quote ? amount : null,
            Size = isPercent && amount is { } share ? new SignalSize(mode, share) : null,
            Time = payload.Time("timestamp"),
            MaxLag = payload.Seconds("maxLag", 1, Vocabulary.MaxLagSeconds) ?? UsualLag,
        };
        return draft with { Extras = payload.Extras() };
    }

    public override string Strategy(string? secret) =>
        Message(
            secret,
            ("id", "{{strategy.order.id}}"),
            ("action", "{{strategy.order.action}}"),
            ("marketPosition", "{{strategy.market_position}}"),
            ("prevMarketPosition", "{{strategy.prev_market_position}}"),
            ("instrument", "{{ticker}}"),
            ("timestamp", "{{timenow}}"),
            ("maxLag", "60"),
            ("investmentType", "base"),
            ("amount", "{{strategy.order.contracts}}")
        );

    public override string Indicator(string? secret, bool hasDefaultSize) =>
        Message(
            secret,
            [
                ("action", "ENTER_LONG"),
                ("instrument", "{{ticker}}"),
                ("timestamp", "{{timenow}}"),
                ("maxLag", "60"),
                ("orderType", "market"),
                .. hasDefaultSize ? Array.Empty<(string, string)>() : [("investmentType", "base"), ("amount", "0.001")],
            ]
        );

    public override string Sample(SampleAlert alert) =>
        alert.Json(
            "signalToken",
            [
                .. alert.Stamp("timestamp"),
                ("action", "ENTER_LONG"),
                ("instrument", alert.Symbol),
                ("orderType", "limit"),
                ("price", alert.Price),
                ("investmentType", "base"),
                ("amount", alert.Quantity),
            ]
        );

    private static string Message(string? secret, params IEnumerable<(string Name, string Value)> fields) =>
        SampleJson.Of(secret, "signalToken", fields);
}
