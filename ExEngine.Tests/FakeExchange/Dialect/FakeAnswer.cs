using System.Text;
using System.Text.Json.Nodes;
using ExEngine.Tests.FakeExchange.Trading;

namespace ExEngine.Tests.FakeExchange.Dialect;

/// <summary>What the exchange has to say, before any fault touches it.</summary>
/// <param name="Code">Binance's error code, null when all is well.</param>
internal sealed record FakeAnswer(int Status, byte[] Body, int? Code = null)
{
    public static FakeAnswer Of(JsonNode json) => new(200, Encoding.UTF8.GetBytes(json.ToJsonString()));

    public static FakeAnswer Of(RefusedException refused) => Error(refused.Status, refused.Code, refused.Message);

    public static FakeAnswer Error(int status, int code, string message) =>
        new(status, Encoding.UTF8.GetBytes(new JsonObject { ["code"] = code, ["msg"] = message }.ToJsonString()), code);
}
