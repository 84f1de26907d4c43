using ExEngine.Core.Markets;

namespace ExEngine.Core.Webhooks.Presets;

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
    private static readonly Dictionary<string, TimeInForce> TimesInForce = new(Words.TimesInForce)
    {
        ["opg"] = TimeInForce.Day,
        ["cls"] = TimeInForce.Day,
    };

    private static readonly Dictionary<string, OrderType> StopTypes = new()
    {
        ["stop"] = OrderType.Stop,
        ["stop_limit"] = OrderType.StopLimit,
        [TrailingStop] = OrderType.TrailingStop,
    };

    public override string Id => "tradersPost";

    public override string Name => "TradersPost";

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
            Action = payload.Choice("action", Words.Actions) ?? default,
            Sentiment = payload.Choice("sentiment", Words.Sentiments),
            OrderType = type,
            Price = payload.Positive("limitPrice"),
            SeenPrice = signalPrice ?? price,
            StopPrice = payload.Positive("stopPrice"),
            TrailAmount = payload.Positive("trailAmount"),
            TrailPercent = payload.Positive("trailPercent"),
            Quantity = mode == SizeMode.Base ? quantity : null,
            Cost = mode == SizeMode.Quote ? quantity : null,
            Size = quantity is { } value && mode is not (SizeMode.Base or SizeMode.Quote) ? new SignalSize(mode, value) : null,
            TakeProfits = ReadTakeProfit(payload.Object("takeProfit")),
            StopLoss = ReadStopLoss(payload.Object("stopLoss")),
            TimeInForce = payload.Choice("timeInForce", TimesInForce),
            CancelOpen = payload.Flag("cancel"),
            Delay = ReadDelay(payload),
            Time = payload.Time("time"),
        };
        if (!payload.Has("action") && draft.Sentiment is null)
        {
            payload.Error("action", "is missing; allowed are buy, sell, exit, cancel, add. State it, or state sentiment.");
        }

        return draft with { Action = payload.Has("action") ? draft.Action : ActionFor(draft.Sentiment), Extras = payload.Extras() };
    }

    private static OrderType ReadType(JsonPayload payload)
    {
        if (payload.Has("orderType") && payload.Text("orderType") is { } text && text.Equals(TrailingStop, StringComparison.OrdinalIgnoreCase))
        {
            return OrderType.TrailingStop;
        }

        return payload.Choice("orderType", Words.OrderTypes)
            ?? (payload.Has("limitPrice") ? OrderType.Limit : OrderType.Market);
    }

    private static SignalAction ActionFor(Sentiment? sentiment) => sentiment switch
    {
        Sentiment.Long => SignalAction.Buy,
        Sentiment.Short => SignalAction.Sell,
        _ => SignalAction.Exit,
    };

    private static TimeSpan? ReadDelay(JsonPayload payload)
    {
        const int LongestSeconds = 3_600;
        if (payload.Number("delay") is not { } seconds)
        {
            return null;
        }

        if (seconds is >= 0 and <= LongestSeconds)
        {
            return TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        }

        payload.Error("delay", $"is {ExactJson.Text(seconds)} seconds; allowed are 0 to {LongestSeconds}.");
        return null;
    }

    private static IReadOnlyList<TakeProfitStep> ReadTakeProfit(JsonPayload? payload)
    {
        if (payload is null || !payload.ExactlyOne("limitPrice", "percent", "amount"))
        {
            return [];
        }

        return
        [
            new TakeProfitStep
            {
                LimitPrice = payload.Positive("limitPrice"),
                Percent = payload.Positive("percent"),
                Amount = payload.Positive("amount"),
            },
        ];
    }

    private static StopLoss? ReadStopLoss(JsonPayload? payload)
    {
        if (payload is null)
        {
            return null;
        }

        var type = payload.Choice("type", StopTypes);
        var stop = new StopLoss
        {
            OrderType = type ?? OrderType.Stop,
            Percent = payload.Positive("percent"),
            Amount = payload.Positive("amount"),
            StopPrice = payload.Positive("stopPrice"),
            LimitPrice = payload.Positive("limitPrice"),
            TrailAmount = payload.Positive("trailAmount"),
            TrailPercent = payload.Positive("trailPercent"),
        };
        if (type == OrderType.TrailingStop)
        {
            payload.ExactlyOne("trailPercent", "trailAmount");
        }
        else if (type is not null || !payload.Has("type"))
        {
            payload.ExactlyOne("percent", "amount", "stopPrice");
        }

        return stop;
    }
}
