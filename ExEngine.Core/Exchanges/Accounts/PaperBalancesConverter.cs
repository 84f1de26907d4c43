using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExEngine.Core.Exchanges.Accounts;

/// <summary>Reads <c>{"USDT":"10000"}</c> and <c>{"USDT":10000}</c> alike, keeping the digits as they were written.</summary>
public sealed class PaperBalancesConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Balances are an object of asset to amount, such as {\"USDT\":\"10000\"}.");
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
                _ => throw new JsonException($"The amount of {asset} is an exact decimal, as a string or a number."),
            };
            if (!balances.TryAdd(asset, amount))
            {
                throw new JsonException($"{asset} is stated twice.");
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
