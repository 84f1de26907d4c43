using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>JSON of the sender's own making, read by the webhook's map. Never recognised by itself.</summary>
public sealed class CustomPreset(PayloadMap map) : JsonPreset
{
    public const string CustomId = "custom";

    private static readonly string[] Sizes = ["quantity", "cost", "size"];

    // The names of the map's own fields, for what is said about the order as a whole.
    private static readonly PresetWords Words = new()
    {
        Fields = [],
        Id = "",
        Time = "",
    };

    public override string Id => CustomId;

    public override string Name => "Custom map";

    public override PresetFields Fields { get; } = new("symbol", ["quantity", "cost", "size"], "price", "stopPrice") { Shown = map.Shown };

    public override bool Recognises(JsonPayload payload) => false;

    public override SignalDraft? Read(JsonPayload payload)
    {
        var fields = payload.Mapped(map);
        var sentiment = fields.Choice("sentiment", Vocabulary.Sentiments);
        var action =
            fields.Has("action") || sentiment is null
                ? fields.Required("action", CustomVocabulary.Actions)
                : new DirectedAction(Vocabulary.ActionFor(sentiment.Value), null);
        var draft = new SignalDraft
        {
            Id = fields.Text("id"),
            Exchange = fields.Text("exchange"),
            Symbol = fields.Text("symbol"),
            Action = action.Action,
            Direction = fields.Choice("direction", CustomVocabulary.Directions) ?? action.Direction,
            Sentiment = sentiment,
            PreviousSentiment = fields.Choice("previousSentiment", Vocabulary.Sentiments),
            PositionSize = fields.NonNegative("positionSize"),
            PreviousPositionSize = fields.NonNegative("previousPositionSize"),
            TimeInForce = fields.Choice("timeInForce", Vocabulary.TimesInForce),
            ReduceOnly = fields.Flag("reduceOnly") ?? false,
            CancelOpen = fields.Flag("cancelOpen"),
            Delay = fields.Seconds("delay", 0, Vocabulary.MaxDelaySeconds),
            Time = fields.Time("time"),
            MaxLag = fields.Seconds("maxLag", 1, Vocabulary.MaxLagSeconds),
            TakeProfits = ReadTakeProfits(fields),
            StopLoss = ReadStopLoss(fields.Part("stopLoss")),
        };
        draft = WithSize(WithPrices(draft, fields), fields, payload.Problems);
        var all = payload.Fields(Words);
        MarkMapped(all);
        foreach (var field in all.Unread())
        {
            payload.Problems.Refuse(
                field.Meaning,
                SignalCodes.FieldNotRead,
                field.Path,
                field.Shown,
                $"{field.Path} ({field.Shown}) is not mapped, and by its name it says how to trade; map it, or send it under another name."
            );
        }

        FieldUse.CheckOrder(draft, unusedLimit: null, Words, payload.Problems);
        return draft with { Extras = all.Extras() };
    }

    public override string Strategy(string? secret) =>
        MappedSample.Of(
            map,
            secret,
            test: false,
            new Dictionary<string, string>
            {
                ["symbol"] = "{{ticker}}",
                ["action"] = "{{strategy.order.action}}",
                ["sentiment"] = "{{strategy.market_position}}",
                ["previousSentiment"] = "{{strategy.prev_market_position}}",
                ["positionSize"] = "{{strategy.market_position_size}}",
                ["previousPositionSize"] = "{{strategy.prev_market_position_size}}",
                ["quantity"] = "{{strategy.order.contracts}}",
                ["seenPrice"] = "{{close}}",
                ["time"] = "{{timenow}}",
                ["exchange"] = "{{exchange}}",
            }
        );

    public override string Indicator(string? secret, SampleOrder? size)
    {
        var values = new Dictionary<string, string>
        {
            ["symbol"] = "{{ticker}}",
            ["action"] = "buy",
            ["seenPrice"] = "{{close}}",
            ["time"] = "{{timenow}}",
            ["exchange"] = "{{exchange}}",
        };
        if (size is not null)
        {
            PutSize(values, size);
        }

        return MappedSample.Of(map, secret, test: false, values);
    }

    public override string Sample(SampleAlert alert)
    {
        var values = new Dictionary<string, string>
        {
            ["symbol"] = alert.Symbol,
            ["action"] = "buy",
            ["sentiment"] = "long",
            ["orderType"] = "market",
            ["seenPrice"] = alert.Price,
        };
        PutSize(values, alert.Order);
        if (ConstantOf("orderType") == "limit")
        {
            // What buys at the price of now.
            values["price"] = alert.Price;
        }

        if (alert.Id is { } id)
        {
            values["id"] = id;
        }

        if (alert.Time is not null)
        {
            values["time"] = alert.TimeText;
        }

        return MappedSample.Of(map, alert.Secret, alert.Test, values);
    }

    // By one way, and in base where the map has that: a message that states two is refused when they disagree.
    private void PutSize(Dictionary<string, string> values, SampleOrder order)
    {
        var inQuote = ConstantOf("sizeMode") == "quote";
        var cost = ExactJson.Text(order.Dollars ?? order.Cost);
        var way = Sizes.FirstOrDefault(map.Fields.ContainsKey);
        values[way ?? "quantity"] = way == "cost" || (way == "size" && inQuote) ? cost : ExactJson.Text(order.Quantity);
        values["sizeMode"] = "base";
    }

    private string? ConstantOf(string name) =>
        map.Fields.GetValueOrDefault(name)?.Constant is { ValueKind: JsonValueKind.String } constant ? constant.GetString() : null;

    // What a path leads to, and what holds it, is the map's affair.
    private void MarkMapped(AlertFields all)
    {
        foreach (var path in map.Fields.Values.Select(f => f.Path).OfType<PayloadPath>())
        {
            var top = path.Segments[0].Name!;
            var whole = path.Segments.Aggregate(
                "",
                (at, s) => s.Name is { } name ? (at.Length > 0 ? at + "." : "") + name : $"{at}[{s.Index}]"
            );
            all.MarkRead(top, whole);
        }
    }

    private static SignalDraft WithPrices(SignalDraft draft, MappedPayload fields)
    {
        var price = fields.Positive("price");
        return draft with
        {
            OrderType = fields.Choice("orderType", CustomVocabulary.OrderTypes) ?? (price is null ? OrderType.Market : OrderType.Limit),
            Price = price,
            StopPrice = fields.Positive("stopPrice"),
            TrailAmount = fields.Positive("trailAmount"),
            TrailPercent = fields.Positive("trailPercent"),
            SignalPrice = fields.Positive("seenPrice"),
        };
    }

    private static SignalDraft WithSize(SignalDraft draft, MappedPayload fields, ReadingProblems problems)
    {
        foreach (var name in Sizes.Where(fields.IsEmpty))
        {
            var error = new FieldError(name, $"{fields.NameOf(name)} has no value; state a number, or leave the field out.");
            problems.Doubt(FieldMeaning.Quantity, error, isEmpty: true);
        }

        draft = draft with { Quantity = fields.Positive("quantity"), Cost = fields.Positive("cost") };
        if (!fields.Has("size"))
        {
            return draft;
        }

        if (fields.Has("quantity") || fields.Has("cost"))
        {
            fields.Error("size", "stands beside quantity or cost; map one way to state the size.");
        }

        var mode = fields.Choice("sizeMode", CustomVocabulary.SizeModes) ?? SizeMode.Base;
        var isPercent = mode is not (SizeMode.Base or SizeMode.Quote or SizeMode.RiskAmount);
        var size = isPercent ? fields.Percent("size") : fields.Positive("size");
        return mode switch
        {
            SizeMode.Base => draft with { Quantity = size },
            SizeMode.Quote => draft with { Cost = size },
            _ => draft with { Size = size is { } value ? new SignalSize(mode, value) : null },
        };
    }

    private static List<TakeProfitStep> ReadTakeProfits(MappedPayload fields)
    {
        var steps = new List<TakeProfitStep>();
        for (var i = 0; i < MappableField.MaxTakeProfits; i++)
        {
            var step = fields.Part($"takeProfits[{i}]");
            if ((step.Has("percent") || step.Has("limitPrice") || step.Has("amount")) && MappedProtection.TakeProfit(step) is { } read)
            {
                steps.Add(
                    read with
                    {
                        Share = step.Percent("share") ?? 100m,
                        OrderType = step.Choice("orderType", Vocabulary.PlainOrderTypes) ?? OrderType.Limit,
                    }
                );
            }
        }

        ProtectionReader.CheckShares(fields, "takeProfits", steps);
        return steps;
    }

    // A constant alone, such as the type, states no stop-loss.
    private static StopLoss? ReadStopLoss(MappedPayload stop) =>
        stop.Has("percent") || stop.Has("amount") || stop.Has("stopPrice") || stop.Has("trailPercent") || stop.Has("trailAmount")
            ? MappedProtection.StopLoss(stop) with
            {
                BreakEven = stop.Flag("breakEven") ?? false,
            }
            : null;
}
