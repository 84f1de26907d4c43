using ExEngine.Core.Markets;
using ExEngine.Core.Planning;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// The schema that TradersPost publishes. <c>price</c> and <c>signalPrice</c> are what the sender saw, not an order's price;
/// <c>sentiment</c> is the position that must result.
/// </summary>
public sealed class TradersPostPreset : JsonPreset
{
    private const string TrailingStop = "trailing_stop";

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

    public override string Id => "tradersPost";

    public override string Name => "TradersPost";

    public override PresetFields Fields { get; } = new("ticker", ["quantity"], "limitPrice", "stopPrice");

    public override bool Recognises(JsonPayload payload) =>
        payload.Has("ticker") && !payload.Has("trade_price") && !payload.Has("trade_quantity");

    public override SignalDraft? Read(JsonPayload payload)
    {
        var type = ReadType(payload);
        var quantity = payload.Positive("quantity");
        var (signalPrice, price) = (payload.Positive("signalPrice"), payload.Positive("price"));
        var mode = payload.Choice("quantityType", QuantityTypes) ?? SizeMode.Base;
        var draft = new SignalDraft
        {
            Id = payload.Text("id"),
            Symbol = payload.Text("ticker"),
            Action = payload.Choice("action", Vocabulary.Actions) ?? default,
            Sentiment = payload.Choice("sentiment", Vocabulary.Sentiments),
            OrderType = type,
            Price = payload.Positive("limitPrice"),
            SignalPrice = signalPrice ?? price,
            StopPrice = payload.Positive("stopPrice"),
            TrailAmount = payload.Positive("trailAmount"),
            TrailPercent = payload.Positive("trailPercent"),
            Quantity = mode == SizeMode.Base ? quantity : null,
            Cost = mode == SizeMode.Quote ? quantity : null,
            Size = quantity is { } value && mode is not (SizeMode.Base or SizeMode.Quote) ? new SignalSize(mode, value) : null,
            SizeInDollars = mode is SizeMode.Quote or SizeMode.RiskAmount,
            TakeProfits = payload.Object("takeProfit") is { } profit && Protection.TakeProfit(profit) is { } step ? [step] : [],
            StopLoss = payload.Object("stopLoss") is { } stop ? Protection.StopLoss(stop) : null,
            TimeInForce = payload.Choice("timeInForce", TimesInForce),
            CancelOpen = payload.Flag("cancel"),
            Delay = payload.Seconds("delay", 0, Vocabulary.MaxDelaySeconds),
            Time = payload.Time("time"),
        };
        if (!payload.Has("action") && draft.Sentiment is null)
        {
            payload.Error("action", "is missing; allowed are buy, sell, exit, cancel, add. State it, or state sentiment.");
        }

        return draft with
        {
            Action = payload.Has("action") ? draft.Action : Vocabulary.ActionFor(draft.Sentiment),
            Extras = payload.Extras(),
        };
    }

    public override string Strategy(string? secret) =>
        SampleJson.Of(
            secret,
            ("ticker", "{{ticker}}"),
            ("action", "{{strategy.order.action}}"),
            ("sentiment", "{{strategy.market_position}}"),
            ("quantity", "{{strategy.order.contracts}}"),
            ("price", "{{close}}"),
            ("time", "{{timenow}}"),
            ("interval", "{{interval}}")
        );

    public override string Indicator(string? secret, bool hasDefaultSize) =>
        SampleJson.Of(
            secret,
            [
                ("ticker", "{{ticker}}"),
                ("action", "buy"),
                .. hasDefaultSize ? Array.Empty<(string, string)>() : [("quantity", "0.001")],
                ("price", "{{close}}"),
                ("time", "{{timenow}}"),
                ("interval", "{{interval}}"),
            ]
        );

    public override string Sample(SampleAlert alert) =>
        alert.Json([
            ("ticker", alert.Symbol),
            ("action", "buy"),
            ("orderType", "limit"),
            ("limitPrice", alert.Price),
            ("quantity", alert.Quantity),
            .. alert.Stamp("time"),
        ]);

    private static OrderType ReadType(JsonPayload payload)
    {
        if (
            payload.Has("orderType")
            && payload.Text("orderType") is { } text
            && text.Equals(TrailingStop, StringComparison.OrdinalIgnoreCase)
        )
        {
            return OrderType.TrailingStop;
        }

        return payload.Choice("orderType", Vocabulary.OrderTypes) ?? (payload.Has("limitPrice") ? OrderType.Limit : OrderType.Market);
    }
}
