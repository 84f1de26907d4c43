using System.Text.Json;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>
/// Reads a map such as <c>{"symbol":"$.data.pair","action":{"path":"$.side","values":{"long":"buy"}},"orderType":"=market"}</c>:
/// per field a path, a constant after an equals sign, or a path with what the sender's words mean. Every error at once.
/// </summary>
public static class PayloadMapParser
{
    private const string NoText = "The map holds half of a surrogate pair, which is no valid text.";
    private const int MaxMap = 8 * 1024;
    private const int MaxText = 128;
    private const int MaxValues = 50;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };
    private static readonly Dictionary<string, JsonElement> NoValues = [];

    public static PayloadMapReading Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Parse(document.RootElement);
        }
        catch (JsonException)
        {
            return new(PayloadMap.Empty, [new FieldError("", "The map is no valid JSON object, or states a field twice.")]);
        }
        catch (InvalidOperationException)
        {
            return new(PayloadMap.Empty, [new FieldError("", NoText)]);
        }
    }

    /// <summary>The errors are by the map's own field names.</summary>
    public static PayloadMapReading Parse(JsonElement map)
    {
        var errors = new List<FieldError>();
        var fields = new Dictionary<string, MappedField>();
        if (map.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new FieldError("", "The map is an object such as {\"symbol\":\"$.pair\",\"action\":\"$.side\"}."));
        }
        else if (map.GetRawText().Length > MaxMap)
        {
            errors.Add(new FieldError("", $"The map is longer than {MaxMap} characters."));
        }
        else
        {
            ReadAll(map, fields, errors);
        }

        return new(errors.Count == 0 ? new PayloadMap(fields) : PayloadMap.Empty, errors);
    }

    private static void ReadAll(JsonElement map, Dictionary<string, MappedField> fields, List<FieldError> errors)
    {
        try
        {
            foreach (var property in map.EnumerateObject())
            {
                Read(property.Name, property.Value, fields, errors);
            }
        }
        catch (InvalidOperationException)
        {
            // How this JSON reader says that a name is no text.
            errors.Add(new FieldError("", NoText));
        }

        if (!fields.ContainsKey("action") && !fields.ContainsKey("sentiment") && errors.Count == 0)
        {
            errors.Add(new FieldError("action", "The map says neither action nor sentiment; an alert without both asks for nothing."));
        }
    }

    private static void Read(string name, JsonElement value, Dictionary<string, MappedField> fields, List<FieldError> errors)
    {
        if (MappableField.Find(name) is not { } field)
        {
            var allowed = MappableField
                .All.Select(f => f.Name)
                .Where(n => !n.StartsWith("takeProfits[", StringComparison.Ordinal) || n.Contains("[0]", StringComparison.Ordinal));
            errors.Add(
                new FieldError(
                    name,
                    $"\"{name}\" is no field of an alert; allowed are {string.Join(", ", allowed)}, and up to takeProfits[{MappableField.MaxTakeProfits - 1}]."
                )
            );
            return;
        }

        var mapped = value.ValueKind switch
        {
            JsonValueKind.String => Source(field, Text(value), NoValues, errors),
            JsonValueKind.Object => WithValues(field, value, errors),
            _ => Fail(name, "is neither a path, nor a constant such as \"=buy\", nor an object with path and values", errors),
        };
        if (mapped is not null && !fields.TryAdd(name, mapped))
        {
            Fail(name, "stands twice in the map; state it once", errors);
        }
    }

    private static MappedField? WithValues(MappableField field, JsonElement entry, List<FieldError> errors)
    {
        var path = entry.TryGetProperty("path", out var stated) && stated.ValueKind == JsonValueKind.String ? Text(stated) : null;
        if (path is null || entry.EnumerateObject().Any(p => p.Name is not ("path" or "values")))
        {
            return Fail(field.Name, "needs path, and values where the sender's words differ; it knows nothing else", errors);
        }

        if (!entry.TryGetProperty("values", out var table) || table.ValueKind == JsonValueKind.Null)
        {
            return Source(field, path, NoValues, errors);
        }

        if (table.ValueKind != JsonValueKind.Object || table.GetPropertyCount() > MaxValues)
        {
            return Fail(field.Name, $"has values that are no object of at most {MaxValues} words, such as {{\"long\":\"buy\"}}", errors);
        }

        var values = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in table.EnumerateObject())
        {
            if (!StoredText.Fits(word.Name) || word.Value.ValueKind != JsonValueKind.String)
            {
                return Fail(field.Name, "has values that are no plain text; write them like {\"long\":\"buy\"}", errors);
            }

            if (Constant(field, Text(word.Value), errors) is not { } meaning)
            {
                return null;
            }

            values[word.Name.Trim()] = meaning;
        }

        return Source(field, path, values, errors);
    }

    private static MappedField? Source(MappableField field, string? text, Dictionary<string, JsonElement> values, List<FieldError> errors)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text) || !StoredText.Fits(text))
        {
            return Fail(
                field.Name,
                text is { Length: > 0 } ? "holds control characters" : "is empty; state a path such as $.price, or a constant such as =buy",
                errors
            );
        }

        if (text[0] == '=')
        {
            return Constant(field, text[1..].Trim(), errors) is { } constant ? new MappedField(null, constant, values) : null;
        }

        return PayloadPath.Parse(text, out var problem) is { } path
            ? new MappedField(path, null, values)
            : Fail(field.Name, problem!, errors);
    }

    /// <summary>Checked as far as it can be without a body: a word that no alert may state is an error now, not later.</summary>
    private static JsonElement? Constant(MappableField field, string? text, List<FieldError> errors)
    {
        string? problem =
            text is null || text.Length > MaxText || (text.Length > 0 && !StoredText.Fits(text))
                ? $"has a value that is no plain text of up to {MaxText} characters"
                : null;
        if (problem is null && text!.Length > 0 && field.IsNumber)
        {
            problem = ExactNumber.TryParse(text, out _, out var wrong) ? null : wrong;
        }

        if (problem is null && text!.Length > 0 && field.Choices is { } words && !words.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            problem = $"has the value \"{text}\"; allowed are {string.Join(", ", words)}";
        }

        if (problem is null)
        {
            return JsonSerializer.SerializeToElement(text);
        }

        Fail(field.Name, problem, errors);
        return null;
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static MappedField? Fail(string name, string problem, List<FieldError> errors)
    {
        errors.Add(new FieldError(name, $"{name} {problem}."));
        return null;
    }
}

/// <param name="Map">Empty when there are errors.</param>
public sealed record PayloadMapReading(PayloadMap Map, IReadOnlyList<FieldError> Errors);
