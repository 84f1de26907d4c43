using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ExEngine.Core.Text;

/// <summary>Why a JSON text is not what is expected, in words for who sent it.</summary>
/// <param name="Field">Such as <c>takeProfits[0].price</c>; empty for the whole.</param>
/// <param name="Message">What was sent, what is allowed and what to do, without the names of our types.</param>
public sealed record JsonFault(string Field, string Message)
{
    private const int MaxSent = 40;
    private const int MaxNear = 20;

    // What is in such a field is not sent back: an answer may be kept where nobody looks for a secret.
    private static readonly string[] Secrets = ["password", "secret", "passphrase", "key", "token", "code"];

    /// <param name="json">What was read; null when it is not known any more.</param>
    /// <param name="expected">What it was read as; null when that is not known.</param>
    /// <param name="whole">How to call all of it.</param>
    public static JsonFault Of(ReadOnlyMemory<byte>? json, Type? expected, JsonException fault, string whole = "The body")
    {
        var parts = JsonPath.Parts(fault.Path);
        var field = JsonPath.Field(parts);
        if (json is not { } text)
        {
            return new(field, $"{Name(field, whole)} is {Words(fault, JsonWords.At(expected, parts))}. Send it so.");
        }

        if (text.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return new("", $"{whole} is empty. Send {JsonWords.Of(expected)}.");
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return Wrong(document.RootElement, expected, fault, whole);
        }
        catch (JsonException syntax)
        {
            return new("", Syntax(text.Span, syntax, whole));
        }
    }

    private static JsonFault Wrong(JsonElement root, Type? expected, JsonException fault, string whole)
    {
        var parts = JsonPath.Parts(fault.Path);
        var field = JsonPath.Field(parts);
        var type = JsonWords.At(expected, parts);
        if (JsonPath.Find(root, parts) is not { } sent)
        {
            return new(field, $"{Name(field, whole)} is {Words(fault, type)}. Send it so.");
        }

        if (JsonWords.Missing(type, sent).ToList() is { Count: > 0 } missing)
        {
            var first = field.Length > 0 ? $"{field}.{missing[0]}" : missing[0];
            return new(
                first,
                $"{string.Join(", ", missing)} must be stated and {(missing.Count > 1 ? "are" : "is")} missing. Add what is missing."
            );
        }

        var isSecret = parts.OfType<string>().Any(p => Secrets.Any(s => p.Contains(s, StringComparison.OrdinalIgnoreCase)));
        return new(field, $"{Name(field, whole)} is {Words(fault, type)}; {Sent(sent, isSecret)} was sent. Correct it and send it again.");
    }

    // A reader of ours says it better than its type does.
    private static string Words(JsonException fault, Type? type) =>
        fault is JsonRefusal refusal ? refusal.Message.Split(" Path: ")[0].TrimEnd('.') : JsonWords.Of(type);

    private static string Name(string field, string whole) => field.Length > 0 ? field : whole;

    private static string Sent(JsonElement sent, bool isSecret) =>
        sent.ValueKind switch
        {
            JsonValueKind.Object => "an object { }",
            JsonValueKind.Array => "a list [ ]",
            JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => sent.GetRawText(),
            JsonValueKind.Number when isSecret => "a number",
            JsonValueKind.String when isSecret => "another text",
            _ => Short(sent.GetRawText(), MaxSent),
        };

    private static string Short(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Never half of a character.
        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end] + "…";
    }

    private static string Syntax(ReadOnlySpan<byte> text, JsonException syntax, string whole)
    {
        if (IsCut(text))
        {
            return $"{whole} ends before its JSON does: it was cut, or a bracket or a quote is missing at its end. Send all of it.";
        }

        var line = (int)(syntax.LineNumber ?? 0);
        var rest = text;
        for (var i = 0; i < line; i++)
        {
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        }

        var at = (int)Math.Clamp(syntax.BytePositionInLine ?? 0, 0, rest.Length);
        var near = Encoding.UTF8.GetString(rest[at..Math.Min(at + MaxNear * 4, rest.Length)]).ReplaceLineEndings(" ");
        var place = string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, character {Encoding.UTF8.GetCharCount(rest[..at]) + 1}");
        return $"{whole} is no JSON at {place}, near {Short(near, MaxNear)}: names and texts stand in double quotes, commas part the fields, and "
            + "nothing follows the last one. Correct it and send it again.";
    }

    // All that is there could go on to be JSON.
    private static bool IsCut(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
            while (reader.Read()) { }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
