using ExEngine.Core.Markets;
using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// The schema that TradersPost publishes. <c>price</c> and <c>signalPrice</c> are what the sender saw, not an order's price;
/// <c>sentiment</c> is the position that must result.
/// </summary>
public sealed class TradersPostPreset : JsonPreset
{
    private static readonly Dictionary<string, SizeMode> QuantityTypes = new()
    {
        ["fixed_quantity"] = SizeMode.Base,
        ["dollar_amount"] = SizeMode.Quote,
        ["risk_dollar_amount"] = SizeMode.RiskAmount,
        ["risk_percent"] = SizeMode.RiskPercent,
        ["percent_of_equity"] = SizeMode.PercentOfEquity,
        ["percent_of_position"] = SizeMode.PercentOfPosition,
    };

    // An order for the opening or closing auction: markets that never close have none, so it lasts for the day.
    private static readonly Dictionary<string, TimeInForce> TimesInForce = new(Vocabulary.TimesInForce)
    {
        ["opg"] = TimeInForce.Day,
        ["cls"] = TimeInForce.Day,
    };

    private static readonly PresetWords Words = new()
    {
        Fields =
        [
            ("ticker", FieldMeaning.Symbol),
            ("action", FieldMeaning.Action),
            ("sentiment", FieldMeaning.Sentiment),
            ("signalPrice", FieldMeaning.SignalPrice),
            ("price", FieldMeaning.Price),
            ("orderType", FieldMeaning.OrderType),
            ("limitPrice", FieldMeaning.LimitPrice),
            ("stopPrice", FieldMeaning.StopPrice),
            ("trailAmount", FieldMeaning.TrailAmount),
            ("trailPercent", FieldMeaning.TrailPercent),
            ("quantity", FieldMeaning.Quantity),
            ("quantityType", FieldMeaning.SizeUnit),
            ("takeProfit", FieldMeaning.TakeProfit),
            ("stopLoss", FieldMeaning.StopLoss),
            ("timeInForce", FieldMeaning.TimeInForce),
            ("cancel", FieldMeaning.CancelOpen),
            ("delay", FieldMeaning.Delay),
        ],
        Units = QuantityTypes,
        PercentsAbove100 = true,
        TimesInForce = TimesInForce,
        SentimentIsEnough = true,
    };

    public override string Id => "tradersPost";

    public override string Name => "TradersPost";

    public override PresetFields Fields { get; } = new("ticker", ["quantity"], "limitPrice", "stopPrice");

    public override bool Recognises(JsonPayload payload) =>
        payload.Has("ticker") && !payload.Has("trade_price") && !payload.Has("trade_quantity");

    public override SignalDraft? Read(JsonPayload payload) => AlertReader.Read(payload.Fields(Words));

    public override string Strategy(string? secret) =>
        SampleJson.Of(
            secret,
            [
                ("ticker", "{{ticker}}"),
                ("action", "{{strategy.order.action}}"),
                ("sentiment", "{{strategy.market_position}}"),
                ("quantity", "{{strategy.order.contracts}}"),
                .. StrategyPosition.Fields.Skip(1),
                ("price", "{{close}}"),
                ("time", "{{timenow}}"),
                ("interval", "{{interval}}"),
            ]
        );

    public override string Indicator(string? secret, SampleOrder? size) =>
        SampleJson.Of(
            secret,
            [
                ("ticker", "{{ticker}}"),
                ("action", "buy"),
                .. SampleSize.Of(size, "quantity", "quantityType", "dollar_amount", "fixed_quantity"),
                ("price", "{{close}}"),
                ("time", "{{timenow}}"),
                ("interval", "{{interval}}"),
            ]
        );

    public override string Sample(SampleAlert alert) =>
        alert.Json([
            ("ticker", alert.Symbol),
            ("action", "buy"),
            ("orderType", "market"),
            ("quantity", alert.Quantity),
            .. alert.Stamp("time"),
        ]);
}
