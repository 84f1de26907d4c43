using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>Generated readers and writers for the path of an order. Numbers are texts in these types, so no converter is needed.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CcxtQuestion))]
[JsonSerializable(typeof(CcxtReply))]
[JsonSerializable(typeof(CcxtChange))]
internal sealed partial class CcxtJson : JsonSerializerContext;
