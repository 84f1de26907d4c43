using System.Text.Json;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>What nobody read of an alert, by its path, as raw text, secrets left out: kept and shown.</summary>
/// <param name="read">The paths that somebody read.</param>
internal sealed class AlertExtras(HashSet<string> read, ReadingProblems problems)
{
    private const int MaxExtra = 512;

    public void Add(JsonElement parent, string path, Dictionary<string, string> extras)
    {
        foreach (var property in parent.EnumerateObject())
        {
            var at = path + property.Name;
            if (read.Contains(at) || SecretFields.IsSecret(property.Name))
            {
                continue;
            }

            var isRead = read.Any(r => r.StartsWith(at, StringComparison.Ordinal) && r.Length > at.Length && r[at.Length] is '.' or '[');
            if (isRead && property.Value.ValueKind == JsonValueKind.Object)
            {
                Add(property.Value, at + ".", extras);
            }
            else if (isRead && property.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (var (i, item) in property.Value.EnumerateArray().Index().Where(x => x.Item.ValueKind == JsonValueKind.Object))
                {
                    Add(item, $"{at}[{i}].", extras);
                }
            }
            else
            {
                var raw = property.Value.ValueKind == JsonValueKind.String ? TextOf(at, property.Value) : property.Value.GetRawText();
                extras[at] = raw.Length > MaxExtra ? raw[..MaxExtra] + "…" : raw;
            }
        }
    }

    private string TextOf(string at, JsonElement value)
    {
        if (StatedField.TextOf(value) is { } text)
        {
            return text;
        }

        problems.Errors.Add(new FieldError(at, $"{at} holds half of a surrogate pair, which is no valid text."));
        return "";
    }
}
