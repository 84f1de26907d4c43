using System.Text.Json;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>A stop-loss or a target that is an object of its own: its parts by what people call them.</summary>
internal sealed class ProtectionFields(JsonElement root, string path, FieldMeaning meaning, AlertFields alert)
    : PayloadFields(alert.Problems.Errors, path + ".")
{
    private const int MaxSteps = 20;

    private static readonly Dictionary<string, string[]> Common = new()
    {
        ["percent"] = Names(
            "percent pct percentage perc pricepercent triggerpricepercent stoppercent distancepercent offsetpercent profitpercent losspercent "
                + "stoplosspercent slpercent takeprofitpercent tppercent pricepct"
        ),
        ["deviation"] = ["pricedeviation"],
        ["amount"] = ["amount"],
        ["trailAmount"] = ["trailamount"],
        ["trailPercent"] = Names("trailpercent trailpct trailingpercent trailpercentage"),
        ["share"] = Names("volumepercent share sharepercent quantitypercent closepercent sizepercent qtypercent amountpercent"),
        ["portfolio"] = ["portfolio"],
        ["type"] = Names("type ordertype"),
        ["breakEven"] = ["breakeven"],
        ["enabled"] = Names("enabled active isenabled"),
        ["steps"] = Names("steps levels targets"),
    };

    private static readonly Dictionary<string, string[]> OfTarget = new(Common)
    {
        ["price"] = Names("limitprice price targetprice takeprofitprice tpprice triggerprice level"),
    };

    private static readonly Dictionary<string, string[]> OfStop = new(Common)
    {
        ["price"] = Names("stopprice price triggerprice stoplossprice slprice trigger level"),
        ["limit"] = Names("limitprice limit"),
    };

    private readonly HashSet<string> _read = [];
    private readonly Dictionary<string, string[]> _names = meaning == FieldMeaning.StopLoss ? OfStop : OfTarget;

    public override bool Has(string name) => Find(name) is { } found && !new StatedField(found.Name, "", found.Value, meaning).IsEmpty;

    /// <summary>The objects of a list; an error, and none, when it is something else.</summary>
    public IReadOnlyList<ProtectionFields> Steps(string name)
    {
        if (Value(name) is not { } value)
        {
            return [];
        }

        return List(value, path + "." + Stated(name), meaning, alert) is { } steps ? steps : Wrong(name);
    }

    /// <summary>Null when it is no list of at most 20 objects.</summary>
    public static IReadOnlyList<ProtectionFields>? List(JsonElement value, string path, FieldMeaning meaning, AlertFields alert) =>
        value.ValueKind != JsonValueKind.Array
        || value.GetArrayLength() > MaxSteps
        || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object)
            ? null
            : [.. value.EnumerateArray().Select((item, i) => new ProtectionFields(item, $"{path}[{i}]", meaning, alert))];

    /// <summary>Refuses what counts here and was not read. Called when all has been asked for.</summary>
    public void Finish()
    {
        alert.ReadNested(_read);
        foreach (var property in root.EnumerateObject())
        {
            var at = $"{path}.{property.Name}";
            var field = new StatedField(at, FieldName.Plain(property.Name), property.Value, meaning);
            var counts =
                FieldGuess.CountsInProtection(property.Name) || property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
            if (!_read.Contains(at) && counts && !field.IsNothing)
            {
                alert.Problems.Refuse(
                    meaning,
                    SignalCodes.FieldNotRead,
                    at,
                    field.Shown,
                    $"{at} was not understood; a {(meaning == FieldMeaning.StopLoss ? "stop-loss" : "target")} states one of "
                        + $"{string.Join(", ", meaning == FieldMeaning.StopLoss ? alert.Words.Protection.StopLoss : alert.Words.Protection.TakeProfit)}."
                );
            }
        }
    }

    /// <summary>An error unless exactly one distance is stated.</summary>
    public bool StatesOne(IReadOnlyList<string> shown, params ReadOnlySpan<string> names)
    {
        var stated = 0;
        foreach (var name in names)
        {
            stated += Has(name) ? 1 : 0;
        }

        if (stated == 0 && shown is [var only])
        {
            Error(only, "is missing; state the distance from the entry in percent.");
        }
        else if (stated != 1)
        {
            alert.Problems.Doubt(
                meaning,
                new FieldError(
                    path,
                    $"{path} states {(stated == 0 ? "none" : "more than one")} of {string.Join(", ", shown)}; state exactly one."
                )
            );
        }

        return stated == 1;
    }

    protected override JsonElement? Value(string name)
    {
        if (Find(name) is not { } found)
        {
            return null;
        }

        _read.Add($"{path}.{found.Name}");
        return found.Value.ValueKind == JsonValueKind.Null ? null : found.Value;
    }

    protected override string Stated(string name) => Find(name)?.Name ?? name;

    protected override void Report(string name, FieldError problem) => alert.Problems.Doubt(meaning, problem);

    private IReadOnlyList<ProtectionFields> Wrong(string name)
    {
        Error(name, $"must be an array of at most {MaxSteps} objects.");
        return [];
    }

    private (string Name, JsonElement Value)? Find(string name)
    {
        if (!_names.TryGetValue(name, out var names))
        {
            return null;
        }

        foreach (var property in root.EnumerateObject())
        {
            // A second name of the same meaning stays unread, and is refused.
            if (names.Contains(FieldName.Plain(property.Name)))
            {
                return (property.Name, property.Value);
            }
        }

        return null;
    }

    private static string[] Names(string names) => names.Split(' ');
}
