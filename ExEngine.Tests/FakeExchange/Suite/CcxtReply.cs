using System.Text.Json.Nodes;

namespace ExEngine.Tests.FakeExchange.Suite;

/// <param name="Value">What CCXT returned, null when it threw.</param>
/// <param name="Error">The name of CCXT's exception class.</param>
/// <param name="Headers">Of the last HTTP answer, their names in lower case.</param>
internal sealed record CcxtReply(JsonNode? Value, string? Error, string Message, JsonNode Headers)
{
    /// <exception cref="InvalidOperationException">CCXT threw.</exception>
    public JsonNode Good => Error is null ? Value! : throw new InvalidOperationException($"{Error}: {Message}");
}
