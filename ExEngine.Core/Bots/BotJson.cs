using System.Text.Json;
using System.Text.Json.Serialization;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Recurring;
using ExEngine.Core.Text;

namespace ExEngine.Core.Bots;

/// <summary>How settings and states of bots are stored: as all JSON of this product, decimals as exact texts, by generated code.</summary>
[JsonSerializable(typeof(DcaSettings))]
[JsonSerializable(typeof(DcaState))]
[JsonSerializable(typeof(GridSettings))]
[JsonSerializable(typeof(GridState))]
[JsonSerializable(typeof(RecurringSettings))]
[JsonSerializable(typeof(RecurringState))]
internal sealed partial class BotJson : JsonSerializerContext
{
    /// <summary>With the converters of <see cref="ExactJson"/>.</summary>
    public static BotJson Exact { get; } = new(ExactJson.Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web)));
}
