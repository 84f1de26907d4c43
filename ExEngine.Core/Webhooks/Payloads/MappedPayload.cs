using System.Text.Json;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>A sender's own JSON as a preset reads it: a draft's field by its name, from wherever the map says.</summary>
/// <param name="prefix">Of the names in the map: <c>stopLoss.</c>; empty for the draft itself.</param>
public sealed class MappedPayload(JsonElement body, PayloadMap map, ReadingProblems problems, string prefix = "")
    : PayloadFields(problems.Errors, prefix)
{
    private readonly string _prefix = prefix;

    public override bool Has(string name) => Value(name) is not null;

    /// <summary>The map leads to a value that is null or an empty text.</summary>
    public bool IsEmpty(string name) => map.Fields.GetValueOrDefault(_prefix + name) is { } field && field.IsEmpty(body);

    /// <summary>As an error calls the field.</summary>
    public string NameOf(string name) => Shown(name);

    public MappedPayload Part(string name) => new(body, map, problems, $"{_prefix}{name}.");

    protected override JsonElement? Value(string name) => map.Fields.GetValueOrDefault(_prefix + name)?.Find(body);

    protected override string Shown(string name) => map.Shown(_prefix + name);

    protected override void Report(string name, FieldError problem)
    {
        var meaning = Meaning(name);
        if (meaning == FieldMeaning.None)
        {
            problems.Errors.Add(problem);
            return;
        }

        var isEmpty = name.Length > 0 && Value(name) is { } value && new StatedField(name, name, value, meaning).IsNothing;
        problems.Doubt(meaning, problem, isEmpty);
    }

    private FieldMeaning Meaning(string name) =>
        _prefix.Length > 0 || name == "takeProfits"
            ? FieldMeaning.StopLoss
            : name switch
            {
                "quantity" or "size" => FieldMeaning.Quantity,
                "cost" => FieldMeaning.Cost,
                "sizeMode" => FieldMeaning.SizeUnit,
                "price" => FieldMeaning.LimitPrice,
                "stopPrice" => FieldMeaning.StopPrice,
                "seenPrice" => FieldMeaning.SignalPrice,
                "trailAmount" => FieldMeaning.TrailAmount,
                "trailPercent" => FieldMeaning.TrailPercent,
                "positionSize" => FieldMeaning.PositionSize,
                "previousPositionSize" => FieldMeaning.PreviousPositionSize,
                _ => FieldMeaning.None,
            };
}
