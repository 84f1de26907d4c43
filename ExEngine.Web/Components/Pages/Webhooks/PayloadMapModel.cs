using System.Buffers;
using System.Text.Json;
using ExEngine.Core.Webhooks.Payloads;

namespace ExEngine.Web.Components.Pages.Webhooks;

/// <summary>A payload map while it is typed: a row per field.</summary>
public sealed class PayloadMapModel
{
    public List<PayloadMapRow> Rows { get; } = [];

    /// <summary>What nearly every sender states, to begin with.</summary>
    public static PayloadMapModel Usual()
    {
        var model = new PayloadMapModel();
        model.Rows.AddRange([new("symbol", "$.symbol"), new("action", "$.action"), new("quantity", "$.quantity")]);
        return model;
    }

    public static PayloadMapModel Of(JsonElement map)
    {
        var model = new PayloadMapModel();
        foreach (var field in map.EnumerateObject())
        {
            model.Rows.Add(
                field.Value.ValueKind == JsonValueKind.Object
                    ? new(field.Name, field.Value.GetProperty("path").GetString() ?? "", Words(field.Value))
                    : new(field.Name, field.Value.GetString() ?? "")
            );
        }

        return model;
    }

    /// <summary>The first field that has no row yet.</summary>
    public void Add() => Rows.Add(new(MappableField.All.First(f => Rows.All(r => r.Field != f.Name)).Name, ""));

    public bool IsFull => Rows.Count >= MappableField.All.Count;

    /// <summary>As stored. A field that stands twice does so here too, for the parser to say it.</summary>
    public JsonElement Json()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var row in Rows)
            {
                json.WritePropertyName(row.Field);
                Write(json, row);
            }

            json.WriteEndObject();
        }

        return JsonSerializer.Deserialize<JsonElement>(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, PayloadMapRow row)
    {
        if (string.IsNullOrWhiteSpace(row.Words))
        {
            json.WriteStringValue(row.Source);
            return;
        }

        json.WriteStartObject();
        json.WriteString("path", row.Source);
        json.WriteStartObject("values");
        foreach (var pair in row.Words.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            json.WriteString((at < 0 ? pair : pair[..at]).Trim(), at < 0 ? null : pair[(at + 1)..].Trim());
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Words(JsonElement entry) =>
        entry.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Object
            ? string.Join(", ", values.EnumerateObject().Select(v => $"{v.Name}={v.Value.GetString()}"))
            : "";
}

/// <param name="field">Name of a <see cref="MappableField"/>.</param>
/// <param name="source">A path, or a constant after an equals sign.</param>
/// <param name="words">What the sender's words mean: <c>long=buy, short=sell</c>.</param>
public sealed class PayloadMapRow(string field, string source, string words = "")
{
    public string Field { get; set; } = field;
    public string Source { get; set; } = source;
    public string Words { get; set; } = words;
}
