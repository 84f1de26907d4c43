using System.Text.Json;
using ExEngine.Core.Bots.Running;

namespace ExEngine.Core.Bots.Import;

/// <summary>
/// Reads a DCA or grid bot as the API of 3Commas answers it. Pure. What has no place here is named, never dropped in silence; what would
/// make another bot of it is missing until somebody states it.
/// </summary>
public static class ThreeCommasImport
{
    /// <summary>Bytes; a bot with its deals and lines stays far below.</summary>
    public const int MaxText = 256 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <param name="symbol">Of a bot with several pairs the one that is meant; null for the first.</param>
    public static BotImportResult Read(string json, string? symbol)
    {
        if (json.Length > MaxText)
        {
            return Wrong("bot", $"The text has {json.Length} characters; a bot's JSON has at most {MaxText}.");
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement, symbol);
        }
        catch (JsonException e)
        {
            return Wrong(
                "bot",
                $"This is no valid JSON (line {e.LineNumber + 1}); paste the whole object that 3Commas answers for one bot, from brace to brace."
            );
        }
    }

    /// <inheritdoc cref="Read(string,string?)"/>
    public static BotImportResult Read(JsonElement bot, string? symbol)
    {
        try
        {
            return ReadBot(bot, symbol);
        }
        catch (InvalidOperationException)
        {
            // How this JSON reader says that a text is none.
            return Wrong("bot", "A text holds half of a surrogate pair, which is no valid text; copy the bot's JSON once more.");
        }
    }

    private static BotImportResult ReadBot(JsonElement bot, string? symbol)
    {
        if (bot.ValueKind == JsonValueKind.Array && bot.GetArrayLength() == 1)
        {
            bot = bot[0];
        }

        if (bot.ValueKind != JsonValueKind.Object)
        {
            return Wrong("bot", "One bot is expected, as the object that 3Commas answers for it; of a list paste one.");
        }

        var fields = new ThreeCommasFields(bot);
        var isGrid = fields.Has("grids_quantity") || fields.Has("upper_price");
        if (!isGrid && !fields.Has("base_order_volume"))
        {
            return Wrong(
                "bot",
                "This is no bot of 3Commas: a DCA bot has base_order_volume, a grid bot upper_price, lower_price and grids_quantity."
            );
        }

        RefuseShort(fields);
        var pairs = Pairs(fields);
        var chosen = Chosen(pairs, symbol, fields);
        var settings = isGrid ? BotText.Of(ThreeCommasGrid.Read(fields)) : BotText.Of(ThreeCommasDca.Read(fields, pairs.Count));
        if (fields.Has("leverage_type") && fields.Text("leverage_type") is not "not_specified")
        {
            fields.Note($"Leverage ({fields.Text("leverage_type")}, {fields.Text("leverage_custom_value")}): on spot nothing is borrowed.");
        }

        fields.NoteNumber("active_deals_count", "Open deals stay at 3Commas; end them there");
        var name = Name(fields, pairs.Count > 1 ? chosen : null);
        foreach (var known in (string[])["leverage_custom_value", "id", "name", "pair", "pairs"])
        {
            fields.Has(known);
        }

        fields.NoteUnread();
        return fields.Errors.Count > 0
            ? new BotImportResult.Invalid(fields.Errors)
            : new BotImportResult.Read(
                new BotImport(isGrid ? BotKind.Grid : BotKind.Dca, name, chosen, settings, fields.Notes, fields.Missing)
            );
    }

    // Turned into a long one it would do the opposite of what was wanted.
    private static void RefuseShort(ThreeCommasFields fields)
    {
        foreach (var name in (string[])["strategy", "mode"])
        {
            if (fields.Text(name) is { } side && side.Equals("short", StringComparison.OrdinalIgnoreCase))
            {
                fields.Errors["bot." + name] = ["The bot is short; on spot markets only long is offered: import a long one."];
            }
        }
    }

    private static List<string> Pairs(ThreeCommasFields fields) =>
        [
            .. fields
                .List("pairs")
                .Concat(fields.List("pair"))
                .Where(p => p.ValueKind == JsonValueKind.String)
                .SelectMany(p => p.GetString()!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Select(SymbolOf)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    // The quote comes first there: USDT_BTC.
    private static string SymbolOf(string pair) =>
        pair.IndexOf('_', StringComparison.Ordinal) is > 0 and var at ? $"{pair[(at + 1)..]}/{pair[..at]}".ToUpperInvariant() : pair;

    private static string? Chosen(List<string> pairs, string? symbol, ThreeCommasFields fields)
    {
        var chosen = string.IsNullOrWhiteSpace(symbol) ? (pairs.Count > 0 ? pairs[0] : null) : symbol.Trim();
        var others = pairs.Where(p => !p.Equals(chosen, StringComparison.OrdinalIgnoreCase)).ToList();
        if (others.Count > 0)
        {
            fields.Note($"The other pairs ({string.Join(", ", others)}): a bot has one symbol here; import it once for each.");
        }

        return chosen;
    }

    private static string Name(ThreeCommasFields fields, string? symbol)
    {
        var ending = (symbol is null ? "" : $" {symbol}") + (fields.Text("id") is { } id ? $" #{id}" : "");
        var stem = fields.Text("name")?.Trim() ?? "3Commas bot";
        var room = Math.Max(1, Bot.MaxName - ending.Length);
        return (stem.Length > room ? stem[..room].TrimEnd() : stem) + (ending.Length < Bot.MaxName ? ending : "");
    }

    private static BotImportResult.Invalid Wrong(string field, string message) =>
        new(new Dictionary<string, string[]> { [field] = [message] });
}
