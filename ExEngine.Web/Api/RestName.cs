namespace ExEngine.Web.Api;

/// <summary>Names of enumerations as REST has them: the first letter small; read without regard to case, and never as numbers.</summary>
public static class RestName
{
    public static string Of<T>(T value)
        where T : struct, Enum => Of(value.ToString());

    public static string Of(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <returns>Null when the text names none.</returns>
    public static T? Find<T>(string? text)
        where T : struct, Enum =>
        text is { Length: > 0 } && char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;
}
