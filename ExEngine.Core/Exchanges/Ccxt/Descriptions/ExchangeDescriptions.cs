using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ExEngine.Core.Text;

namespace ExEngine.Core.Exchanges.Ccxt.Descriptions;

/// <summary>The entries of <c>described</c> in <c>gateway/exchanges.json</c>, each with what its family says.</summary>
public static class ExchangeDescriptions
{
    // A key that nobody here knows is a mistake in the file, never something to pass over.
    private static readonly JsonSerializerOptions Strict = new(ExactJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>By CCXT's id: every exchange of which something is said.</summary>
    public static FrozenDictionary<string, ExchangeDescription> All { get; } = Read();

    /// <param name="exchange">CCXT's id.</param>
    public static ExchangeDescription Of(string exchange) => All.GetValueOrDefault(exchange, ExchangeDescription.Nothing);

    private static FrozenDictionary<string, ExchangeDescription> Read()
    {
        using var file = typeof(ExchangeDescriptions).Assembly.GetManifestResourceStream("exchanges.json")!;
        var stated = JsonNode.Parse(file)!["described"]!.AsObject();
        return stated.ToFrozenDictionary(e => e.Key, e => Resolve(stated, e.Key).Deserialize<ExchangeDescription>(Strict)!);
    }

    private static JsonObject Resolve(JsonObject stated, string id)
    {
        var own = stated[id]!.AsObject();
        var resolved = own["like"] is { } family ? Resolve(stated, family.GetValue<string>()) : [];
        foreach (var (key, value) in own.Where(p => p.Key is not "like" and not "codes"))
        {
            resolved.Remove(key);
            if (value is not null)
            {
                resolved[key] = value.DeepClone();
            }
        }

        resolved["codes"] = Codes(own["codes"] as JsonObject ?? [], resolved["codes"] as JsonObject ?? []);
        return resolved;
    }

    // A code that is stated again leaves the kind that the family gave it.
    private static JsonObject Codes(JsonObject own, JsonObject family)
    {
        var mine = own.SelectMany(kind => Texts(kind.Value)).ToHashSet();
        return new JsonObject(
            own.Concat(family)
                .Select(kind => kind.Key)
                .Distinct()
                .Select(kind =>
                {
                    var all = Texts(own[kind]).Concat(Texts(family[kind]).Where(code => !mine.Contains(code)));
                    return KeyValuePair.Create<string, JsonNode?>(kind, new JsonArray([.. all.Select(code => JsonValue.Create(code))]));
                })
        );
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(code => code!.GetValue<string>()) ?? [];
}
