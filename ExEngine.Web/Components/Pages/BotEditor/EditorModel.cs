using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Preview;
using ExEngine.Core.Bots.Recurring;
using ExEngine.Core.Text;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.BotEditor;

/// <summary>What stands in the fields, as texts, and the settings that it makes.</summary>
public sealed class EditorModel
{
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
    private JsonObject _kept = [];

    public string Kind { get; private set; } = BotDraft.GridKind;
    public IReadOnlyList<EditorSection> Sections => EditorFields.Of(Kind);

    public string? this[string path]
    {
        get => _texts.GetValueOrDefault(path);
        set => _texts[path] = value;
    }

    /// <summary>Those of a section that are there now.</summary>
    public IEnumerable<EditorField> Shown(EditorSection section) =>
        section.Fields.Where(f => f.Only is not { } only || this[only.Path] == only.Value);

    /// <summary>Fills the fields from settings; null for a new bot.</summary>
    public void Open(string kind, string? settings)
    {
        Kind = kind;
        _texts.Clear();
        var whole = settings is null ? Defaults(kind) : Stated(kind, settings);
        _kept = settings is null ? [] : (JsonObject)whole.DeepClone();
        foreach (var field in Sections.SelectMany(s => s.Fields))
        {
            _texts[field.Path] = settings is null && field.Start is { } start ? Shown(start) : Text(field, Find(whole, field.Path));
        }
    }

    /// <summary>The settings as JSON, and what is wrong with single fields by path.</summary>
    public (string Settings, IReadOnlyDictionary<string, string> Problems) Settings()
    {
        var (settings, problems) = ((JsonObject)_kept.DeepClone(), new Dictionary<string, string>(StringComparer.Ordinal));
        var shown = Sections.SelectMany(Shown).ToHashSet();
        foreach (var field in Sections.SelectMany(s => s.Fields))
        {
            var (value, problem) = shown.Contains(field) ? Value(field, this[field.Path]) : (null, null);
            if (problem is not null)
            {
                problems[field.Path] = problem;
            }

            Put(settings, field.Path, value);
        }

        // A group without its number is none.
        if (settings["stopLoss"] is JsonObject stop && stop["percent"] is null && stop["breakEvenAfterStep"] is null)
        {
            settings.Remove("stopLoss");
        }

        if (settings["schedule"] is JsonObject { Count: 0 })
        {
            settings.Remove("schedule");
        }

        return (settings.ToJsonString(ExactJson.Options), problems);
    }

    private static JsonObject Defaults(string kind) =>
        kind switch
        {
            BotDraft.GridKind => Blank(JsonSerializer.SerializeToNode(new GridSettings(), ExactJson.Options)),
            BotDraft.RecurringKind => Blank(JsonSerializer.SerializeToNode(new RecurringSettings(), ExactJson.Options)),
            _ => Blank(JsonSerializer.SerializeToNode(new DcaSettings { StopLoss = new() }, ExactJson.Options)),
        };

    // Read and written again, so that what the settings leave out shows with its default.
    private static JsonObject Stated(string kind, string settings) =>
        BotDraft.Read(kind, settings).Draft is { } draft
            ? (JsonObject)JsonNode.Parse(draft.Settings)!
            : JsonNode.Parse(settings) as JsonObject ?? [];

    // A zero that stands for "not stated yet" is an empty field.
    private static JsonObject Blank(JsonNode? settings)
    {
        var all = (JsonObject)settings!;
        foreach (var name in (string[])["lower", "upper", "grids", "investment", "baseOrder", "safetyOrder", "deviation", "amount"])
        {
            all.Remove(name);
        }

        return all;
    }

    private static JsonNode? Find(JsonObject all, string path) =>
        path.Split('.') is [var group, var name] ? (all[group] as JsonObject)?[name] : all[path];

    private static void Put(JsonObject all, string path, JsonNode? value)
    {
        if (path.Split('.') is [var group, var name])
        {
            var inner = all[group] as JsonObject;
            if (inner is null)
            {
                inner = [];
                all[group] = inner;
            }

            Put(inner, name, value);
        }
        else if (value is null)
        {
            all.Remove(path);
        }
        else
        {
            all[path] = value;
        }
    }

    private static string? Text(EditorField field, JsonNode? value) =>
        field.Kind switch
        {
            EditorFieldKind.Rows when value is JsonArray rows => string.Join(
                '\n',
                rows.OfType<JsonObject>()
                    .Select(r => $"{Shown(r[field.Columns.First]?.ToString())} {Shown(r[field.Columns.Second]?.ToString())}")
            ),
            EditorFieldKind.Conditions => value?.ToJsonString(ExactJson.Options),
            EditorFieldKind.Text => value?.ToString(),
            EditorFieldKind.Choice => value?.ToString() ?? field.Choices[0].Value,
            EditorFieldKind.Flag => value?.GetValueKind() == JsonValueKind.True ? "true" : "false",
            _ => value is null or JsonArray ? null : Shown(value.ToString()),
        };

    // As the reader writes numbers, since that is how the field is read.
    internal static string? Shown(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? NumberText.Write(number) : text;

    private static (JsonNode? Value, string? Problem) Value(EditorField field, string? text)
    {
        switch (field.Kind)
        {
            case EditorFieldKind.Flag:
                return (JsonValue.Create(text == "true"), null);
            case EditorFieldKind.Choice:
            case EditorFieldKind.Text:
                return (string.IsNullOrWhiteSpace(text) ? null : JsonValue.Create(text.Trim()), null);
            case EditorFieldKind.Conditions:
                return (JsonNode.Parse(text ?? "[]"), null);
            case EditorFieldKind.Rows:
                return Rows(field, text);
            case EditorFieldKind.Whole:
                var whole = NumberText.ReadWhole(text);
                return (whole.Value is { } count ? JsonValue.Create((int)count) : null, whole.Problem);
            default:
                var read = NumberText.Read(text);
                return (read.Value is { } number ? JsonValue.Create(ExactJson.Text(number)) : null, read.Problem);
        }
    }

    private static (JsonNode? Value, string? Problem) Rows(EditorField field, string? text)
    {
        var rows = new JsonArray();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split([' ', '\t', ';', '%'], StringSplitOptions.RemoveEmptyEntries);
            if (
                parts is not [var first, var second]
                || NumberText.Read(first) is not { Value: { } one, Problem: null }
                || NumberText.Read(second) is not { Value: { } other, Problem: null }
            )
            {
                return (null, $"\"{line}\" is not {field.Columns.First} and {field.Columns.Second}; write two numbers, such as 1.5 50.");
            }

            rows.Add(new JsonObject { [field.Columns.First] = ExactJson.Text(one), [field.Columns.Second] = ExactJson.Text(other) });
        }

        return (rows, null);
    }
}
