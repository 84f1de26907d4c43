using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// What a WunderTrading bot is sent: a <see cref="WunderCode"/>, as the whole message or as the <c>code</c> of a JSON object.
/// Distances, shares and percentages are ratios there: 0.1 is 10 %, of what is available when it enters and of the position
/// when it exits.
/// </summary>
public sealed class WunderTradingPreset : JsonPreset
{
    private static readonly Dictionary<string, SizeMode> AmountTypes = new()
    {
        ["base"] = SizeMode.Base,
        ["contracts"] = SizeMode.Base,
        ["quote"] = SizeMode.Quote,
        ["$"] = SizeMode.Quote,
        ["percents"] = SizeMode.PercentOfAvailable,
    };

    private static readonly PresetWords Words = new()
    {
        Fields =
        [
            ("symbol", FieldMeaning.Symbol),
            ("pair", FieldMeaning.Symbol),
            ("orderType", FieldMeaning.OrderType),
            ("price", FieldMeaning.Price),
            ("amountPerTrade", FieldMeaning.Quantity),
            ("amountPerTradeType", FieldMeaning.SizeUnit),
            ("stopLoss", FieldMeaning.StopLoss),
            ("takeProfits", FieldMeaning.TakeProfit),
            ("reduceOnly", FieldMeaning.ReduceOnly),
            ("code", FieldMeaning.None),
        ],
        Units = AmountTypes,
        Ratios = ["percents"],
        ExitsByPosition = true,
        PriceIsSeen = true,
        Protection = ProtectionNames.Wunder,
        Id = "",
    };

    public override string Id => "wunderTrading";

    public override string Name => "WunderTrading";

    public override PresetFields Fields { get; } = new("symbol", ["amountPerTrade"], "price", "price");

    public override string Hint =>
        $"The strategy message takes the action from the order's comment: give each order of the script one of {WunderCode.Allowed}. A code alone, as plain text, works too.";

    public override bool ReadsText => true;

    public override SignalDraft? ReadText(string text, ReadingProblems problems)
    {
        if (WunderCode.TryParse(text, out var code))
        {
            return Draft(code);
        }

        problems.Errors.Add(new FieldError("", $"The message begins with none of {WunderCode.Allowed}; send a code, or JSON with a code."));
        return null;
    }

    public override bool Recognises(JsonPayload payload) => payload.Has("code");

    public override SignalDraft? Read(JsonPayload payload)
    {
        var alert = payload.Fields(Words);
        var code = ReadCode(alert);
        return AlertReader.Read(alert, Draft(code));
    }

    public override string Strategy(string? secret) =>
        SampleJson.Of(
            secret,
            [
                ("code", "{{strategy.order.comment}}_{{exchange}}_{{ticker}}"),
                ("orderType", "market"),
                ("amountPerTradeType", "base"),
                ("amountPerTrade", "{{strategy.order.contracts}}"),
                .. StrategyPosition.Fields.Skip(1),
            ]
        );

    public override string Indicator(string? secret, SampleOrder? size) =>
        SampleJson.Of(
            secret,
            [
                ("code", "ENTER-LONG_{{exchange}}_{{ticker}}"),
                ("orderType", "market"),
                .. SampleSize.Of(size, "amountPerTrade", "amountPerTradeType", "$", "base"),
            ]
        );

    public override string Sample(SampleAlert alert) =>
        alert.Json([
            ("code", "ENTER-LONG"),
            ("symbol", alert.Symbol),
            ("orderType", "market"),
            ("amountPerTradeType", "base"),
            ("amountPerTrade", alert.Quantity),
            .. alert.Stamp("time"),
        ]);

    private static SignalDraft Draft(WunderCode code) =>
        new()
        {
            Action = code.Action,
            Direction = code.Direction,
            Exchange = code.Exchange,
            Symbol = code.Pair,
            OrderType = OrderType.Market,
        };

    private static WunderCode ReadCode(AlertFields payload)
    {
        if (payload.Text("code", 300) is not { } text)
        {
            if (!payload.Has("code"))
            {
                payload.Error("code", $"is missing; it begins with one of {WunderCode.Allowed}.");
            }

            return default;
        }

        if (!WunderCode.TryParse(text, out var code))
        {
            payload.Error("code", $"is \"{text[..Math.Min(text.Length, 40)]}\"; it begins with one of {WunderCode.Allowed}.");
        }

        return code;
    }
}
