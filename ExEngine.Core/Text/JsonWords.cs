using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ExEngine.Core.Text;

/// <summary>What JSON has to be for a type of ours, in words for who sends it; never the name of the type.</summary>
public static class JsonWords
{
    private const int MaxNames = 40;

    private static readonly Dictionary<Type, string> Known = new()
    {
        [typeof(string)] = "a text in quotes",
        [typeof(bool)] = "true or false, without quotes",
        [typeof(Guid)] = "an id of 36 characters as the lists answer it, such as \"019a1b2c-3d4e-7f50-8a6b-7c8d9e0f1a2b\"",
        [typeof(decimal)] = "an exact decimal, as a text or a number, such as \"0.001\"",
        [typeof(DateTime)] = "a time such as \"2026-01-31T08:00:00Z\"",
        [typeof(DateTimeOffset)] = "a time such as \"2026-01-31T08:00:00Z\"",
        [typeof(DateOnly)] = "a day such as \"2026-01-31\"",
        [typeof(TimeOnly)] = "a time of day such as \"08:30:00\"",
        [typeof(TimeSpan)] = "a length of time such as \"00:05:00\"",
        [typeof(byte)] = Whole(byte.MinValue, byte.MaxValue),
        [typeof(short)] = Whole(short.MinValue, short.MaxValue),
        [typeof(int)] = Whole(int.MinValue, int.MaxValue),
        [typeof(long)] = Whole(long.MinValue, long.MaxValue),
    };

    /// <returns>What follows "it is …": <c>a text in quotes</c>, <c>one of buy, sell</c>.</returns>
    /// <param name="type">Null where none is known.</param>
    public static string Of(Type? type)
    {
        var bare = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        if (bare is null || bare == typeof(object) || bare == typeof(JsonElement))
        {
            return "another kind of value";
        }

        if (Known.TryGetValue(bare, out var words))
        {
            return words;
        }

        if (bare.IsEnum)
        {
            return $"one of {string.Join(", ", Enum.GetNames(bare).Select(n => $"\"{JsonNamingPolicy.CamelCase.ConvertName(n)}\""))}";
        }

        var info = ExactJson.Options.GetTypeInfo(bare);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => $"a list [ ], each of it {Of(info.ElementType)}",
            JsonTypeInfoKind.Dictionary => $"an object {{ }} of names, each with {Of(info.ElementType)}",
            JsonTypeInfoKind.Object => Named(info),
            _ => "another kind of value",
        };
    }

    /// <summary>The type at a place of a type; null when it has no such place.</summary>
    internal static Type? At(Type? type, IEnumerable<object> parts)
    {
        foreach (var part in parts)
        {
            if (type is null)
            {
                return null;
            }

            var info = ExactJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
            type =
                info.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary ? info.ElementType
                : part is string name && info.Kind == JsonTypeInfoKind.Object
                    ? info.Properties.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.PropertyType
                : null;
        }

        return type;
    }

    /// <summary>Fields that an object has to state and does not.</summary>
    internal static IEnumerable<string> Missing(Type? type, JsonElement value)
    {
        if (type is null || value.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var names = value.EnumerateObject().Select(f => f.Name).ToList();
        var info = ExactJson.Options.GetTypeInfo(type);
        return info.Kind != JsonTypeInfoKind.Object
            ? []
            : info.Properties.Where(p => p.IsRequired && !names.Contains(p.Name, StringComparer.OrdinalIgnoreCase)).Select(p => p.Name);
    }

    private static string Named(JsonTypeInfo info)
    {
        var names = info.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null).Select(p => p.Name).ToList();
        return names.Count == 0
            ? "an object { }"
            : $"an object {{ }} with the fields {string.Join(", ", names.Take(MaxNames))}{(names.Count > MaxNames ? ", …" : "")}";
    }

    private static string Whole(long least, long most) =>
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");
}
