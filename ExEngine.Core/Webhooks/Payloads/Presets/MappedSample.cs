using System.Text.Json.Nodes;
using ExEngine.Core.Text;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>A body that a map reads: each value where its path leads.</summary>
internal static class MappedSample
{
    /// <param name="values">By the draft's field names, in our words; a table of the map turns them into the sender's.</param>
    public static string Of(PayloadMap map, string? secret, bool test, IReadOnlyDictionary<string, string> values)
    {
        var body = new JsonObject();
        foreach (var (name, field) in map.Fields)
        {
            if (field.Path is { } path && values.TryGetValue(name, out var value))
            {
                Put(body, path.Segments, TheirWord(field, value));
            }
        }

        if (secret is not null)
        {
            body.TryAdd("secret", secret);
        }

        if (test)
        {
            body.TryAdd("test", true);
        }

        return body.ToJsonString(ExactJson.Options);
    }

    private static string TheirWord(MappedField field, string ours)
    {
        foreach (var (word, meaning) in field.Values)
        {
            if (string.Equals(meaning.GetString(), ours, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        return ours;
    }

    /// <summary>What stands there already stays: two paths may not both fit.</summary>
    private static void Put(JsonObject body, IReadOnlyList<PathSegment> segments, string value)
    {
        JsonNode node = body;
        for (var i = 0; i < segments.Count; i++)
        {
            if (Get(node, segments[i]) is { } there)
            {
                if (i == segments.Count - 1 || there is JsonValue || there is JsonArray != segments[i + 1].Name is null)
                {
                    return;
                }

                node = there;
                continue;
            }

            JsonNode next =
                i == segments.Count - 1 ? JsonValue.Create(value)
                : segments[i + 1].Name is null ? new JsonArray()
                : new JsonObject();
            Set(node, segments[i], next);
            node = next;
        }
    }

    private static JsonNode? Get(JsonNode node, PathSegment step) =>
        step.Name is { } name ? node.AsObject()[name]
        : step.Index < node.AsArray().Count ? node.AsArray()[step.Index]
        : null;

    private static void Set(JsonNode node, PathSegment step, JsonNode value)
    {
        if (step.Name is { } name)
        {
            node.AsObject()[name] = value;
            return;
        }

        var array = node.AsArray();
        while (array.Count <= step.Index)
        {
            array.Add(null);
        }

        array[step.Index] = value;
    }
}
