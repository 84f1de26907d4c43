using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ExEngine.Core.Text;

/// <summary>Where in a JSON text something is, as <see cref="JsonException.Path"/> writes it: <c>$.takeProfits[0].price</c>.</summary>
internal static class JsonPath
{
    /// <returns>Names as texts, places in lists as numbers.</returns>
    public static IReadOnlyList<object> Parts(string? path)
    {
        var parts = new List<object>();
        var at = path?.StartsWith('$') == true ? 1 : 0;
        while (path is not null && at < path.Length)
        {
            var isName = path[at] == '.';
            var isQuoted = path.AsSpan(at).StartsWith("['");
            var (start, end) =
                isQuoted ? (at + 2, path.IndexOf("']", at, StringComparison.Ordinal))
                : isName ? (at + 1, path.AsSpan(at + 1).IndexOfAny('.', '[') is >= 0 and var next ? at + 1 + next : path.Length)
                : (at + 1, path.IndexOf(']', at));
            if (end < start)
            {
                break;
            }

            var text = path[start..end];
            parts.Add(!isName && !isQuoted && int.TryParse(text, CultureInfo.InvariantCulture, out var place) ? place : text);
            at =
                end
                + (
                    isQuoted ? 2
                    : isName ? 0
                    : 1
                );
        }

        return parts;
    }

    /// <summary>As answers name a field: <c>takeProfits[0].price</c>.</summary>
    public static string Field(IEnumerable<object> parts)
    {
        var field = new StringBuilder();
        foreach (var part in parts)
        {
            _ =
                part is int place ? field.Append(CultureInfo.InvariantCulture, $"[{place}]")
                : field.Length > 0 ? field.Append('.').Append(part)
                : field.Append(part);
        }

        return field.ToString();
    }

    /// <returns>Null when there is nothing at that place.</returns>
    public static JsonElement? Find(JsonElement root, IEnumerable<object> parts)
    {
        var found = root;
        foreach (var part in parts)
        {
            if (part is string name && found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out var value))
            {
                found = value;
            }
            else if (part is int place && found.ValueKind == JsonValueKind.Array && place < found.GetArrayLength())
            {
                found = found[place];
            }
            else
            {
                return null;
            }
        }

        return found;
    }
}
