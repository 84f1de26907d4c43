using System.Text.Json;
using ExEngine.Core.Bots.Import;
using ExEngine.Core.Bots.Running;

namespace ExEngine.Web.Api.Bots;

/// <summary>A bot of another product as it would be, or is, here.</summary>
/// <param name="Settings">With the names of the kind.</param>
/// <param name="NotCarriedOver">In words.</param>
/// <param name="Missing">Messages by field: what has to be stated before it can be made.</param>
/// <param name="Bot">The one that was made; left out when none was.</param>
public sealed record BotImportView(
    BotKind Kind,
    string Name,
    string? Symbol,
    JsonElement Settings,
    IReadOnlyList<string> NotCarriedOver,
    IReadOnlyDictionary<string, string[]> Missing,
    BotView? Bot
)
{
    public static BotImportView Of(BotImport import, BotView? bot) =>
        new(
            import.Kind,
            import.Name,
            import.Symbol,
            JsonSerializer.Deserialize<JsonElement>(import.Settings),
            import.NotCarriedOver,
            import.Missing,
            bot
        );
}
