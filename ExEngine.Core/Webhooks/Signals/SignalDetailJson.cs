using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;

namespace ExEngine.Core.Webhooks.Signals;

/// <summary>
/// How a <see cref="SignalDetail"/> is stored: as <see cref="ExactJson"/> with empty lists left out. It is the largest
/// part of a row that is kept for ever, and nearly all of its lists are empty.
/// </summary>
public static class SignalDetailJson
{
    private static readonly Type[] Sparse = [typeof(SignalDetail), typeof(SignalDraft), typeof(OrderCheck)];

    private static readonly JsonSerializerOptions Options = new(ExactJson.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmptyLists } },
    };

    public static string Write(SignalDetail detail) => JsonSerializer.Serialize(detail, Options);

    public static SignalDetail Read(string json) => JsonSerializer.Deserialize<SignalDetail>(json, Options) ?? new SignalDetail();

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        if (!Sparse.Contains(type.Type))
        {
            return;
        }

        foreach (var property in type.Properties)
        {
            if (property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)))
            {
                property.ShouldSerialize = static (_, list) => list is IEnumerable items && items.GetEnumerator().MoveNext();
            }
        }
    }
}
