using System.Text.Json;
using ExEngine.Core.Webhooks.Payloads;

namespace ExEngine.Core.Webhooks;

/// <summary>The paths to every value in a sample body, for people who map it.</summary>
public static class SamplePaths
{
    private const int MaxPaths = 100;
    private const int MaxItems = 5;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    /// <summary>In the order of the body, at most 100, and of an array the first 5 items; none when it is no JSON object.</summary>
    public static IReadOnlyList<string> Of(string sample)
    {
        var paths = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(sample, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                Add("$", document.RootElement, paths);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not typed to its end yet, or no text: what was found up to here helps all the same.
        }

        return paths;
    }

    private static void Add(string path, JsonElement value, List<string> paths)
    {
        if (paths.Count >= MaxPaths)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject().Where(p => !SecretFields.IsSecret(p.Name)))
                {
                    Add(path + Step(property.Name), property.Value, paths);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Take(MaxItems).Index())
                {
                    Add($"{path}[{index}]", item, paths);
                }

                break;
            default:
                if (PayloadPath.Parse(path, out _) is not null)
                {
                    paths.Add(path);
                }

                break;
        }
    }

    private static string Step(string name) =>
        PayloadPath.Parse("$." + name, out _) is { Segments.Count: 1 } ? "." + name
        : name.Contains('\'', StringComparison.Ordinal) ? $"[\"{name}\"]"
        : $"['{name}']";
}
