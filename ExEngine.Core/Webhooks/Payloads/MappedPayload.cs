using System.Text.Json;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>A sender's own JSON as a preset reads it: a draft's field by its name, from wherever the map says.</summary>
/// <param name="prefix">Of the names in the map: <c>stopLoss.</c>; empty for the draft itself.</param>
public sealed class MappedPayload(JsonElement body, PayloadMap map, List<FieldError> errors, string prefix = "")
    : PayloadFields(errors, prefix)
{
    private readonly List<FieldError> _errors = errors;
    private readonly string _prefix = prefix;

    public override bool Has(string name) => Value(name) is not null;

    public MappedPayload Part(string name) => new(body, map, _errors, $"{_prefix}{name}.");

    protected override JsonElement? Value(string name) => map.Fields.GetValueOrDefault(_prefix + name)?.Find(body);

    protected override string Shown(string name) => map.Shown(_prefix + name);
}
