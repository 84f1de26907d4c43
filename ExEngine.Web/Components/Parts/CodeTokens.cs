using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ExEngine.Web.Components.Parts;

/// <param name="Kind">CSS class: <c>json-key</c>, <c>json-text</c>, <c>json-number</c>, <c>json-word</c>; null for the rest.</param>
public readonly record struct CodeToken(string Text, string? Kind);

/// <summary>Cuts JSON into coloured pieces. What is no JSON stays one plain piece.</summary>
public static partial class CodeTokens
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<CodeToken> Of(string text)
    {
        if (Indent(text) is not { } json)
        {
            return [new CodeToken(text, null)];
        }

        var tokens = new List<CodeToken>();
        var end = 0;
        foreach (Match match in Pieces().Matches(json))
        {
            if (match.Index > end)
            {
                tokens.Add(new CodeToken(json[end..match.Index], null));
            }

            tokens.Add(new CodeToken(match.Value, KindOf(match)));
            end = match.Index + match.Length;
        }

        tokens.Add(new CodeToken(json[end..], null));
        return tokens;
    }

    private static string KindOf(Match match) =>
        match.Groups["key"].Success ? "json-key"
        : match.Groups["text"].Success ? "json-text"
        : match.Groups["number"].Success ? "json-number"
        : "json-word";

    // JsonElement keeps each number's own text, so nothing is rounded on the way to the screen.
    private static string? Indent(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{") && !text.AsSpan().TrimStart().StartsWith("["))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, Indented))
            {
                document.WriteTo(writer);
            }

            return System.Text.Encoding.UTF8.GetString(stream.ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<text>"(?:[^"\\]|\\.)*")|(?<number>-?\d[\d.eE+-]*)|(?<word>true|false|null)""")]
    private static partial Regex Pieces();
}
