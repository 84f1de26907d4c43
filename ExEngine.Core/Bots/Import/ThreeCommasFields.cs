using System.Text.Json;
using ExEngine.Core.Text;

namespace ExEngine.Core.Bots.Import;

/// <summary>The fields of a bot as the API of 3Commas writes them: numbers are texts or numbers, flags too, and null is nothing.</summary>
internal sealed class ThreeCommasFields(JsonElement bot)
{
    // What says how it went there, and what nobody may copy from there.
    private static readonly HashSet<string> Facts = new(StringComparer.Ordinal)
    {
        "account_id",
        "account_name",
        "is_enabled",
        "created_at",
        "updated_at",
        "deletable?",
        "easy_form_supported",
        "url_secret",
        "type",
        "deals_counter",
        "finished_deals_profit_usd",
        "finished_deals_count",
        "active_deals_usd_profit",
        "reinvested_volume_usd",
        "active_deals",
        "min_profit_type",
        "sl_to_breakeven_data",
        "strategy_type",
        "note",
        "editable",
        "start_price",
        "grid_price_step",
        "current_profit",
        "current_profit_usd",
        "total_profits_count",
        "bought_volume",
        "sold_volume",
        "profit_percentage",
        "current_price",
        "investment_base_currency",
        "unrealized_profit_loss",
        "current_profit_loss",
        "current_profit_loss_percent",
        "orderbook_price_currency",
        "grid_lines",
        "ignore_warnings",
    };

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public Dictionary<string, string[]> Errors { get; } = [];
    public List<string> Notes { get; } = [];
    public Dictionary<string, string[]> Missing { get; } = [];

    public bool Has(string name) => Value(name) is not null;

    /// <summary>Null when it is not stated, or no number, which is an error then.</summary>
    public decimal? Number(string name)
    {
        if (Value(name) is not { } value || (value.ValueKind == JsonValueKind.String && value.GetString()!.Trim().Length == 0))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (ExactNumber.TryParse(text, out var number, out var problem))
        {
            return number;
        }

        Errors["bot." + name] = [$"{name} {problem}."];
        return null;
    }

    /// <summary>A number above 0; 0 is how nothing is written there.</summary>
    public decimal? Positive(string name) => Number(name) is { } number and > 0 ? number : null;

    public int? Whole(string name)
    {
        if (Number(name) is not { } number)
        {
            return null;
        }

        if (number == decimal.Truncate(number) && number is >= 0 and <= 1_000_000)
        {
            return (int)number;
        }

        Errors["bot." + name] = [$"{name} is {ExactJson.Text(number)}; a whole number from 0 is expected."];
        return null;
    }

    public bool Flag(string name) =>
        Value(name) switch
        {
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.String } text => text.GetString()!.Equals("true", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };

    public string? Text(string name) =>
        Value(name) switch
        {
            { ValueKind: JsonValueKind.String } text when text.GetString()!.Trim() is { Length: > 0 } said => said,
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };

    /// <summary>A list, or a single one; empty when there is none.</summary>
    public IReadOnlyList<JsonElement> List(string name) =>
        Value(name) switch
        {
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
            { ValueKind: JsonValueKind.Object or JsonValueKind.String } one => [one],
            _ => [],
        };

    public void Note(string text) => Notes.Add(text);

    /// <summary>A number that has no place here is named, when it is not 0.</summary>
    public void NoteNumber(string name, string what)
    {
        if (Positive(name) is { } number)
        {
            Note($"{what} ({name} {ExactJson.Text(number)}).");
        }
    }

    /// <summary>Names what is stated and was not asked for. Values are left out: they may be secrets.</summary>
    public void NoteUnread()
    {
        foreach (var property in bot.EnumerateObject())
        {
            var says = property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False);
            if (says && !_read.Contains(property.Name) && !Facts.Contains(property.Name))
            {
                Note($"{(property.Name.Length <= 64 ? property.Name : property.Name[..64])} is not known here.");
            }
        }
    }

    private JsonElement? Value(string name)
    {
        _read.Add(name);
        return bot.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? value
            : null;
    }
}
