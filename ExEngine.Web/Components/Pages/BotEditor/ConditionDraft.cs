using System.Text.Json.Nodes;
using ExEngine.Core.Text;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.BotEditor;

/// <summary>One condition as it stands in the form: choices, and numbers as they are typed.</summary>
public sealed class ConditionDraft
{
    public string Kind { get; set; } = "rsi";
    public string Candle { get; set; } = "1h";
    public string Comparison { get; set; } = "below";
    public string? Length { get; set; }
    public string? Slow { get; set; }
    public string? Width { get; set; }
    public string? Level { get; set; }

    /// <summary>Tells the fields of one from those of another that stood in its place.</summary>
    public Guid Id { get; } = Guid.NewGuid();
    public bool IsCross => Kind is "emaCross" or "smaCross" or "macd";

    public static ConditionDraft Of(JsonObject stated) =>
        new()
        {
            Kind = stated["kind"]?.ToString() ?? "rsi",
            Candle = stated["candle"]?.ToString() ?? "1h",
            Comparison = stated["comparison"]?.ToString() ?? "below",
            Length = EditorModel.Shown(stated["length"]?.ToString()),
            Slow = EditorModel.Shown(stated["slow"]?.ToString()),
            Width = EditorModel.Shown(stated["width"]?.ToString()),
            Level = EditorModel.Shown(stated["level"]?.ToString()),
        };

    /// <summary>A number that is none stays as it was typed, so that it is told what is wrong with it.</summary>
    public JsonObject Json()
    {
        var json = new JsonObject
        {
            ["kind"] = Kind,
            ["candle"] = Candle,
            ["comparison"] = Comparison,
        };
        Put(json, "length", Whole(Length));
        if (IsCross)
        {
            Put(json, "slow", Whole(Slow));
        }
        else
        {
            Put(json, "level", Number(Level));
        }

        if (Kind == "bollingerPercent")
        {
            Put(json, "width", Number(Width));
        }

        return json;
    }

    private static void Put(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static JsonValue? Whole(string? text) =>
        NumberText.ReadWhole(text) is { Problem: null } read
            ? read.Value is { } number
                ? JsonValue.Create((int)number)
                : null
            : JsonValue.Create(text);

    private static JsonValue? Number(string? text) =>
        NumberText.Read(text) is { Problem: null } read
            ? read.Value is { } number
                ? JsonValue.Create(ExactJson.Text(number))
                : null
            : JsonValue.Create(text);
}
