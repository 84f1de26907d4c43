using System.Text.Json;
using ExEngine.Core.Text;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>One value of an alert with where it stands.</summary>
/// <param name="Path">As the sender wrote it: <c>order.amount</c>, <c>steps[0].price</c>.</param>
/// <param name="Plain">Its own name, <see cref="FieldName.Plain"/>.</param>
/// <param name="Value">A scalar, or a whole object or list where that is one thing.</param>
internal sealed record StatedField(string Path, string Plain, JsonElement Value, FieldMeaning Meaning)
{
    public FieldMeaning Meaning { get; set; } = Meaning;

    /// <summary>A preset made something of it.</summary>
    public bool IsRead { get; set; }

    /// <summary>The path by its plain names.</summary>
    public string Key { get; } = FieldName.Key(Path);

    /// <summary>Stated, and without a value: null, an empty text, NaN, a placeholder that nobody filled in.</summary>
    public bool IsEmpty => Value.ValueKind == JsonValueKind.Null || (Value.ValueKind == JsonValueKind.String && HasNoValue(TextOf(Value)));

    /// <summary>Empty, zero, false or an empty list: nothing is asked for.</summary>
    public bool IsNothing =>
        IsEmpty
        || Value.ValueKind switch
        {
            JsonValueKind.False => true,
            JsonValueKind.Array => Value.GetArrayLength() == 0,
            JsonValueKind.Object => !Value.EnumerateObject().Any(),
            JsonValueKind.String => FieldName.Plain(TextOf(Value) ?? "") is "false" or "no" or "none" or "off" || IsZero(TextOf(Value)),
            JsonValueKind.Number => IsZero(Value.GetRawText()),
            _ => false,
        };

    /// <summary>The value as the sender wrote it, shortened.</summary>
    public string Shown
    {
        get
        {
            var text = Value.ValueKind == JsonValueKind.String ? TextOf(Value) ?? "" : Value.GetRawText();
            return text.Length > 60 ? text[..60] + "…" : text;
        }
    }

    /// <summary>Null for half of a surrogate pair, which is no text.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool HasNoValue(string? text) =>
        text is not null
        && text.AsSpan().Trim() switch
        {
            { IsEmpty: true } => true,
            var t when t.StartsWith("{{", StringComparison.Ordinal) => true,
            var t => t.Equals("nan", StringComparison.OrdinalIgnoreCase)
                || t.Equals("null", StringComparison.OrdinalIgnoreCase)
                || t.Equals("na", StringComparison.OrdinalIgnoreCase)
                || t.Equals("n/a", StringComparison.OrdinalIgnoreCase)
                || t.Equals("undefined", StringComparison.OrdinalIgnoreCase),
        };

    private static bool IsZero(string? text) =>
        text is not null && ExactNumber.TryParse(text.AsSpan().Trim().TrimEnd('%'), out var value, out _) && value == 0;
}
