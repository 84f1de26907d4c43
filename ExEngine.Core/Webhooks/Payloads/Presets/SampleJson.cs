namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>JSON written by hand, because placeholders and the order of the fields are for people to read.</summary>
internal static class SampleJson
{
    public static string Of(string? secret, params IEnumerable<(string Name, string Value)> fields) => Of(secret, "secret", fields);

    /// <param name="fields">A value that begins with a brace, but no placeholder, is an object of its own.</param>
    public static string Of(string? secret, string secretField, IEnumerable<(string Name, string Value)> fields) =>
        "{" + string.Join(",", fields.Concat(secret is null ? [] : [(secretField, secret)]).Select(Field)) + "}";

    private static string Field((string Name, string Value) field) =>
        field.Value.StartsWith('{') && !field.Value.StartsWith("{{", StringComparison.Ordinal)
            ? $"\"{field.Name}\":{field.Value}"
            : $"\"{field.Name}\":\"{field.Value}\"";
}
