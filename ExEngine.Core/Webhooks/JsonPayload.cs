using System.Globalization;
using System.Text.Json;

namespace ExEngine.Core.Webhooks;

/// <summary>
/// A JSON object as a preset reads it: typed fields by name, every error collected, and what nobody asked for left over.
/// Numbers are accepted as JSON numbers and as strings; null counts as not stated.
/// </summary>
/// <param name="path">Where the object stands in the body, with its dot: <c>takeProfit.</c>; empty for the body itself.</param>
public sealed class JsonPayload(JsonElement root, List<FieldError> errors, string path = "")
{
    private const int LongestText = 128;
    private const int LongestExtra = 512;

    private readonly HashSet<string> _read = [];
    private List<JsonPayload>? _nested;

    public JsonElement Root => root;

    public bool Has(string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <param name="problem">The rest of a sentence that begins with the field's name.</param>
    public void Error(string name, string problem) => errors.Add(new FieldError(path + name, $"{path}{name} {problem}"));

    /// <summary>Whether exactly one of these fields of a nested object is stated; an error on the object otherwise.</summary>
    public bool ExactlyOne(params ReadOnlySpan<string> names)
    {
        var stated = 0;
        foreach (var name in names)
        {
            stated += Has(name) ? 1 : 0;
        }

        if (stated == 1)
        {
            return true;
        }

        var field = path.TrimEnd('.');
        errors.Add(new FieldError(field, $"{field} states {(stated == 0 ? "none" : "more than one")} of {string.Join(", ", names)}; state exactly one."));
        return false;
    }

    /// <summary>Text of 1 to 128 characters; numbers and booleans are taken as written.</summary>
    public string? Text(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            Error(name, "must be text.");
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? StringOf(name, value)?.Trim() : value.GetRawText();
        if (text is null)
        {
            return null;
        }

        if (text.Length > LongestText)
        {
            Error(name, $"has {text.Length} characters; at most {LongestText} are allowed.");
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>An exact number above 0.</summary>
    public decimal? Positive(string name)
    {
        if (Number(name) is not { } value)
        {
            return null;
        }

        if (value > 0)
        {
            return value;
        }

        Error(name, $"is {ExactJson.Text(value)}; it must be above 0.");
        return null;
    }

    /// <summary>An exact number, whatever its sign.</summary>
    public decimal? Number(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => StringOf(name, value),
            JsonValueKind.Number => value.GetRawText(),
            _ => value.GetRawText()[..Math.Min(40, value.GetRawText().Length)],
        };
        if (text is null)
        {
            return null;
        }

        if (ExactNumber.TryParse(text, out var number, out var problem))
        {
            return number;
        }

        Error(name, problem + ".");
        return null;
    }

    /// <summary>One of a closed list of words, without regard to case.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (words.TryGetValue(text.ToLowerInvariant(), out var choice))
        {
            return choice;
        }

        Error(name, $"is \"{text}\"; allowed are {string.Join(", ", words.Keys)}.");
        return null;
    }

    /// <summary>ISO-8601 with or without offset (UTC then), or Unix seconds or milliseconds.</summary>
    public DateTime? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix)
            && unix is > 0 and < 253_402_300_799_000)
        {
            // Seconds stay below this until the year 5138; milliseconds have been above it since 1973.
            return (unix < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(unix) : DateTimeOffset.FromUnixTimeMilliseconds(unix)).UtcDateTime;
        }

        // Without this look at the year, "12-25" would be a day of the current one.
        if (text is [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', '-', ..]
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time.UtcDateTime;
        }

        Error(name, $"is \"{text}\"; write a time like 2026-01-02T03:04:05Z, or Unix seconds or milliseconds.");
        return null;
    }

    /// <summary>A boolean, also written as text.</summary>
    public bool? Flag(string name) => Choice(name, Words.Flags);

    /// <summary>A nested object, or null when it is absent.</summary>
    public JsonPayload? Object(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            var nested = new JsonPayload(value, errors, $"{path}{name}.");
            (_nested ??= []).Add(nested);
            return nested;
        }

        Error(name, "must be an object.");
        return null;
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
                var raw = property.Value.ValueKind == JsonValueKind.String
                    ? StringOf(property.Name, property.Value) ?? ""
                    : property.Value.GetRawText();
                extras[path + property.Name] = raw.Length > LongestExtra ? raw[..LongestExtra] + "…" : raw;
            }
        }

        foreach (var nested in _nested ?? [])
        {
            nested.AddExtras(extras);
        }
    }

    private JsonElement? Value(string name)
    {
        if (!root.TryGetProperty(name, out var value))
        {
            return null;
        }

        _read.Add(name);
        return value.ValueKind == JsonValueKind.Null ? null : value;
    }

    private string? StringOf(string name, JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Error(name, "holds half of a surrogate pair, which is no valid text.");
            return null;
        }
    }
}
