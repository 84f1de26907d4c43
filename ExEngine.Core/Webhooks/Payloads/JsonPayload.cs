using System.Text.Json;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>A JSON object as it came, for presets to recognise by its names and to read.</summary>
public sealed class JsonPayload(JsonElement root, ReadingProblems problems)
{
    private List<(string Plain, bool IsNull)>? _names;

    internal JsonElement Root => root;

    internal ReadingProblems Problems => problems;

    /// <summary>Whether it states a field of this name at the top, in whatever case, and it is not null.</summary>
    public bool Has(string name)
    {
        if (root.TryGetProperty(name, out var exact))
        {
            return exact.ValueKind != JsonValueKind.Null;
        }

        var plain = FieldName.Plain(name);
        foreach (var (other, isNull) in _names ??= Names())
        {
            if (!isNull && other == plain)
            {
                return true;
            }
        }

        return false;
    }

    private List<(string Plain, bool IsNull)> Names()
    {
        var names = new List<(string, bool)>(root.GetPropertyCount());
        foreach (var property in root.EnumerateObject())
        {
            names.Add((FieldName.Plain(property.Name), property.Value.ValueKind == JsonValueKind.Null));
        }

        return names;
    }

    /// <summary>By what its fields mean.</summary>
    internal AlertFields Fields(PresetWords words) => new(root, words, problems);

    /// <summary>By a map.</summary>
    internal MappedPayload Mapped(PayloadMap map) => new(root, map, problems);
}
