using System.Text.Json;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>A JSON object as a preset reads it: fields by name, and what nobody asked for left over.</summary>
/// <param name="path">Where the object stands in the body, with its dot: <c>takeProfit.</c>; empty for the body itself.</param>
public sealed class JsonPayload(JsonElement root, List<FieldError> errors, string path = "") : PayloadFields(errors, path)
{
    private const int MaxExtra = 512;
    private const int MaxItems = 20;

    private readonly List<FieldError> _errors = errors;
    private readonly string _path = path;
    private readonly HashSet<string> _read = [];
    private List<JsonPayload>? _nested;

    public JsonElement Root => root;

    public override bool Has(string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A nested object, or null when it is absent.</summary>
    public JsonPayload? Object(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return Nested(value, name);
        }

        Error(name, "must be an object.");
        return null;
    }

    /// <summary>The objects of an array, at most 20; empty when it is absent.</summary>
    public IReadOnlyList<JsonPayload> Objects(string name)
    {
        if (Value(name) is not { } value)
        {
            return [];
        }

        if (
            value.ValueKind != JsonValueKind.Array
            || value.GetArrayLength() > MaxItems
            || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object)
        )
        {
            Error(name, $"must be an array of at most {MaxItems} objects.");
            return [];
        }

        return [.. value.EnumerateArray().Select((item, index) => Nested(item, $"{name}[{index}]"))];
    }

    /// <summary>The same body, read by a map; what the map uses is no extra.</summary>
    public MappedPayload Mapped(PayloadMap map)
    {
        foreach (var field in map.Fields.Values)
        {
            if (field.Path is { } path)
            {
                _read.Add(path.Segments[0].Name!);
            }
        }

        return new MappedPayload(root, map, _errors);
    }

    /// <summary>The fields that were not read, by their path, as raw text, secrets left out.</summary>
    public Dictionary<string, string> Extras()
    {
        var extras = new Dictionary<string, string>();
        AddExtras(extras);
        return extras;
    }

    private void AddExtras(Dictionary<string, string> extras)
    {
        foreach (var property in root.EnumerateObject())
        {
            if (!_read.Contains(property.Name) && !SecretFields.IsSecret(property.Name))
            {
                var raw =
                    property.Value.ValueKind == JsonValueKind.String
                        ? StringOf(property.Name, property.Value) ?? ""
                        : property.Value.GetRawText();
                extras[_path + property.Name] = raw.Length > MaxExtra ? raw[..MaxExtra] + "…" : raw;
            }
        }

        foreach (var nested in _nested ?? [])
        {
            nested.AddExtras(extras);
        }
    }

    private JsonPayload Nested(JsonElement value, string name)
    {
        var nested = new JsonPayload(value, _errors, $"{_path}{name}.");
        (_nested ??= []).Add(nested);
        return nested;
    }

    protected override JsonElement? Value(string name)
    {
        if (!root.TryGetProperty(name, out var value))
        {
            return null;
        }

        _read.Add(name);
        return value.ValueKind == JsonValueKind.Null ? null : value;
    }
}
