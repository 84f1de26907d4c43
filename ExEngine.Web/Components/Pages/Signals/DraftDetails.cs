using System.Text;
using System.Text.Json;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Signals;

/// <summary>A draft as name and value, the way REST spells it, so that page and script show the same.</summary>
public static class DraftDetails
{
    public static IReadOnlyList<(string Name, string Value)> Of(SignalDraft draft)
    {
        var facts = new List<(string, string)>();
        Add(facts, "", JsonSerializer.SerializeToElement(draft, ExactJson.Options));
        return facts;
    }

    private static void Add(List<(string Name, string Value)> facts, string path, JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = path.Length > 0 ? $"{path}, {Words(property.Name).ToLowerInvariant()}" : Words(property.Name);
            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Object:
                    Add(facts, name, property.Value);
                    break;
                case JsonValueKind.Array:
                    foreach (var (index, item) in property.Value.EnumerateArray().Index())
                    {
                        // "Take profits" becomes "Take profit 1".
                        Add(facts, $"{name.TrimEnd('s')} {index + 1}", item);
                    }

                    break;
                case JsonValueKind.False or JsonValueKind.Null:
                    break;
                case JsonValueKind.True:
                    facts.Add((name, "yes"));
                    break;
                default:
                    facts.Add((name, SaidText.Of(property.Value.ToString())));
                    break;
            }
        }
    }

    /// <summary><c>stopPrice</c> becomes "Stop price".</summary>
    private static string Words(string camelCase)
    {
        var text = new StringBuilder(camelCase.Length + 4);
        foreach (var letter in camelCase)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append(' ').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                text.Append(text.Length == 0 ? char.ToUpperInvariant(letter) : letter);
            }
        }

        return text.ToString();
    }
}
