using System.Text.Json;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>Which value of a sender's own JSON fills which field of a draft. Made by <see cref="PayloadMapParser"/>; immutable.</summary>
public sealed class PayloadMap(IReadOnlyDictionary<string, MappedField> fields)
{
    public static PayloadMap Empty { get; } = new(new Dictionary<string, MappedField>());

    public IReadOnlyDictionary<string, MappedField> Fields => fields;

    /// <summary>A field's name for people, with its path: <c>action ($.side)</c>.</summary>
    public string Shown(string name) => fields.GetValueOrDefault(name)?.Path is { } path ? $"{name} ({path})" : name;
}

/// <summary>Where a draft's field comes from: a path or a constant.</summary>
/// <param name="Values">What the sender's words mean in ours, without regard to case; empty when they are ours.</param>
public sealed record MappedField(PayloadPath? Path, JsonElement? Constant, IReadOnlyDictionary<string, JsonElement> Values)
{
    /// <summary>The value in this body; null when there is none, or an empty text.</summary>
    public JsonElement? Find(JsonElement body)
    {
        if ((Constant ?? Path?.Find(body)) is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value)
        {
            return null;
        }

        if (Values.Count > 0 && Word(value) is { } word && Values.TryGetValue(word, out var meaning))
        {
            value = meaning;
        }

        return value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8) ? null : value;
    }

    /// <summary>The path leads to null or to an empty text: the field is stated, and has no value.</summary>
    public bool IsEmpty(JsonElement body) =>
        Path?.Find(body) is { } value
        && (value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8)));

    private static string? Word(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!.Trim(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no word; whoever reads the value says so.
            return null;
        }
    }
}
