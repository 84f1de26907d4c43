using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExEngine.Core.Text;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>Reads <c>{"USDT":"10000"}</c> and <c>{"USDT":10000}</c> alike, keeping the digits as they were written.</summary>
public sealed class PaperBalancesConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonRefusal("an object { } of assets, each with its amount, such as {\"USDT\":\"10000\"}");
        }

        var balances = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var asset = reader.GetString()!;
            reader.Read();
            var amount = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => throw new JsonRefusal(
                    $"an object {{ }} of assets, and the amount of {asset} is an exact decimal, as a text or a number"
                ),
            };
            if (!balances.TryAdd(asset, amount))
            {
                throw new JsonRefusal($"an object {{ }} that names each asset once, and not {asset} twice");
            }
        }

        return balances;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (asset, amount) in value)
        {
            writer.WriteString(asset, amount);
        }

        writer.WriteEndObject();
    }
}
