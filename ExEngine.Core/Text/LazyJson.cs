using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ExEngine.Core.Text;

/// <summary>
/// How a type of ours is written is found out when the first one is, and not for all of them when the routes are made: that was a
/// sixth of what a start compiled. Options that are made from these, as the REST document does, see the types as they are.
/// </summary>
public sealed class LazyJson : IJsonTypeInfoResolver
{
    private static readonly MethodInfo Create = typeof(LazyJson).GetMethod(nameof(Of), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly DefaultJsonTypeInfoResolver _real = new();
    private readonly JsonSerializerOptions _outer;
    private readonly Assembly[] _ours;
    private readonly Lazy<JsonSerializerOptions> _inner;

    private LazyJson(JsonSerializerOptions outer, Assembly[] ours)
    {
        (_outer, _ours) = (outer, ours);
        _inner = new(() => new JsonSerializerOptions(outer) { TypeInfoResolver = _real });
    }

    /// <summary>To be called when <paramref name="options"/> have all else.</summary>
    /// <param name="ours">Where the types are that this is for.</param>
    public static void Use(JsonSerializerOptions options, params Assembly[] ours) => options.TypeInfoResolver = new LazyJson(options, ours);

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
        ReferenceEquals(options, _outer) && !type.IsValueType && _ours.Contains(type.Assembly) && !IsPolymorphic(type)
            ? (JsonTypeInfo)Create.MakeGenericMethod(type).Invoke(null, [options, _inner])!
            : _real.GetTypeInfo(type, options);

    // Who writes one of these has to see which kinds of it there are.
    private static bool IsPolymorphic(Type type) =>
        type.IsDefined(typeof(JsonPolymorphicAttribute), inherit: true) || type.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: true);

    private static JsonTypeInfo<T> Of<T>(JsonSerializerOptions options, Lazy<JsonSerializerOptions> inner) =>
        JsonMetadataServices.CreateValueInfo<T>(options, new Later<T>(inner));

    private sealed class Later<T>(Lazy<JsonSerializerOptions> inner) : JsonConverter<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<T>(ref reader, inner.Value);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, inner.Value);
    }
}
