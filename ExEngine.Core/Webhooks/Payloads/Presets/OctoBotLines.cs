using System.Text.Json;
using ExEngine.Core.Planning;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// The plain-text form that OctoBot reads: <c>EXCHANGE= SYMBOL= SIGNAL= VOLUME= PRICE= ORDER_TYPE=</c>, in lines or with
/// semicolons between. A volume is in base, or with its suffix: <c>q</c> in quote, <c>%</c> of the total, <c>a%</c> of what is
/// available, <c>p%</c> of the position. With a price and no order type it is a limit order. <c>STOP_PRICE</c> is the price of a stop
/// order, and else the stop-loss of what is bought.
/// </summary>
internal static class OctoBotLines
{
    /// <summary>What the suffix of a volume becomes; beside a number without one it may be written.</summary>
    private const string VolumeUnit = "VOLUME_UNIT";

    private static readonly char[] Between = [' ', '\t', '\r', '\n', ';'];

    private static readonly (string Name, FieldMeaning Meaning)[] Fields =
    [
        ("SYMBOL", FieldMeaning.Symbol),
        ("SIGNAL", FieldMeaning.Action),
        ("ORDER_TYPE", FieldMeaning.OrderType),
        ("PRICE", FieldMeaning.Price),
        ("VOLUME", FieldMeaning.Quantity),
        (VolumeUnit, FieldMeaning.SizeUnit),
        ("REDUCE_ONLY", FieldMeaning.ReduceOnly),
        ("PARAM_SIDE", FieldMeaning.Side),
        ("CANCEL_POLICY_PARAMS", FieldMeaning.OtherOrder),
    ];

    private static readonly PresetWords OfStops = Words(FieldMeaning.StopPrice);
    private static readonly PresetWords OfOthers = Words(FieldMeaning.None);

    /// <summary>The size of a message without one of its own.</summary>
    public static (string Name, string Value)[] SizeOf(SampleOrder size) => SampleSize.Of(size, "VOLUME", VolumeUnit, "usd", "base");

    public static bool Recognises(string text) =>
        text.Contains("SYMBOL=", StringComparison.OrdinalIgnoreCase) || text.Contains("SIGNAL=", StringComparison.OrdinalIgnoreCase);

    public static SignalDraft Read(string text, ReadingProblems problems)
    {
        var lines = Split(text.Replace("\\n", "\n", StringComparison.Ordinal), problems.Errors);
        SplitVolume(lines);
        var alert = new AlertFields(JsonSerializer.SerializeToElement(lines), WordsFor(lines), problems);
        RefuseOthers(alert);
        return AlertReader.Read(alert, protect: OctoBotProtection.Read);
    }

    private static PresetWords Words(FieldMeaning stopPrice) =>
        new()
        {
            Fields =
            [
                .. Fields,
                ("STOP_PRICE", stopPrice),
                ("TAKE_PROFIT_PRICE", FieldMeaning.None),
                ("TAKE_PROFIT_VOLUME_RATIO", FieldMeaning.None),
            ],
            Actions = Vocabulary.Actions.ToDictionary(a => a.Key, a => new DirectedAction(a.Value, null)),
            PriceIsLimit = true,
            Id = "",
            Exchange = "EXCHANGE",
            Time = "",
        };

    private static PresetWords WordsFor(Dictionary<string, string> lines) =>
        lines.TryGetValue("ORDER_TYPE", out var type) && FieldName.Plain(type).StartsWith("stop", StringComparison.Ordinal)
            ? OfStops
            : OfOthers;

    private static Dictionary<string, string> Split(string text, List<FieldError> errors)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(Between, StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || part.Length > 200)
            {
                errors.Add(
                    new FieldError("", $"\"{part[..Math.Min(part.Length, 40)]}\" is no field; write NAME=value, without blanks inside.")
                );
            }
            else if (!fields.TryAdd(part[..at], part[(at + 1)..]))
            {
                errors.Add(new FieldError(part[..at], $"{part[..at]} stands twice, so it is unclear which value counts; state it once."));
            }
        }

        return fields;
    }

    private static void SplitVolume(Dictionary<string, string> lines)
    {
        foreach (var name in lines.Keys.Where(n => FieldName.Plain(n) is "volume" or "quantity" or "qty" or "amount" or "size").ToList())
        {
            var (digits, unit) = lines[name].ToLowerInvariant() switch
            {
                [.. var number, 'q'] => (number, "quote"),
                [.. var number, 'a', '%'] => (number, "percent_of_available"),
                [.. var number, 'p', '%'] => (number, "percent_of_position"),
                [.. var number, '%'] => (number, "percent_of_equity"),
                _ => ("", ""),
            };

            // What ends in another letter, such as the shares of traded assets s% and t%, stays as it is and is refused.
            if (digits.Length > 0 && char.IsAsciiDigit(digits[^1]))
            {
                lines[name] = digits;
                lines[VolumeUnit] = unit;
            }
        }
    }

    // An order's tag is not kept, so orders cannot be picked by one: cancelling all of them would be more than was asked.
    private static void RefuseOthers(AlertFields alert)
    {
        foreach (var field in alert.All.Where(f => !f.IsNothing))
        {
            var isCancel = alert.All.Any(f => f.Plain == "signal" && FieldName.Plain(f.Shown) == "cancel");
            if (field.Plain == "tag" && isCancel)
            {
                field.Meaning = FieldMeaning.OtherOrder;
            }
            else if (field.Plain.StartsWith("param", StringComparison.Ordinal) && field.Meaning == FieldMeaning.None)
            {
                field.Meaning = FieldMeaning.OtherOrder;
            }
            else if (field.Plain == "tradingtype" && FieldName.Plain(field.Shown) != "spot")
            {
                field.Meaning = FieldMeaning.OtherOrder;
            }
        }
    }
}
