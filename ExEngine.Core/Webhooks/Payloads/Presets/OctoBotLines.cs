using ExEngine.Core.Markets;
using ExEngine.Core.Planning;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads.Presets;

/// <summary>
/// The plain-text form that OctoBot reads: <c>EXCHANGE= SYMBOL= SIGNAL= VOLUME= PRICE= ORDER_TYPE=</c>, in lines or with
/// semicolons between. A volume is in base, or with its suffix: <c>q</c> in quote, <c>%</c> of the total, <c>a%</c> of what is
/// available, <c>p%</c> of the position. With a price and no order type it is a limit order.
/// </summary>
internal static class OctoBotLines
{
    private static readonly char[] Between = [' ', '\t', '\r', '\n', ';'];

    public static bool Recognises(string text) =>
        text.Contains("SYMBOL=", StringComparison.OrdinalIgnoreCase) || text.Contains("SIGNAL=", StringComparison.OrdinalIgnoreCase);

    public static SignalDraft Read(string text, List<FieldError> errors)
    {
        var fields = Split(text, errors);
        var price = Positive(fields, "PRICE", errors);
        var draft = new SignalDraft
        {
            Exchange = Take(fields, "EXCHANGE"),
            Symbol = Take(fields, "SYMBOL"),
            Action = Choice(fields, "SIGNAL", Vocabulary.Actions, errors) ?? Missing(errors),
            OrderType = Choice(fields, "ORDER_TYPE", Vocabulary.OrderTypes, errors) ?? (price is null ? OrderType.Market : OrderType.Limit),
            Price = price,
            StopPrice = Positive(fields, "STOP_PRICE", errors),
            ReduceOnly = Choice(fields, "REDUCE_ONLY", Vocabulary.Flags, errors) ?? false,
        };
        return WithVolume(draft, fields, errors) with { Extras = fields };
    }

    private static Dictionary<string, string> Split(string text, List<FieldError> errors)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(Between, StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || part.Length > 200)
            {
                errors.Add(
                    new FieldError("", $"\"{part[..Math.Min(part.Length, 40)]}\" is no field; write NAME=value, without blanks inside.")
                );
            }
            else if (!fields.TryAdd(part[..at], part[(at + 1)..]))
            {
                errors.Add(new FieldError(part[..at], $"{part[..at]} stands twice, so it is unclear which value counts; state it once."));
            }
        }

        return fields;
    }

    private static SignalDraft WithVolume(SignalDraft draft, Dictionary<string, string> fields, List<FieldError> errors)
    {
        if (Take(fields, "VOLUME") is not { } volume)
        {
            return draft;
        }

        SizeMode? mode = volume.ToLowerInvariant() switch
        {
            [.., 'q'] => SizeMode.Quote,
            [.., 'a', '%'] => SizeMode.PercentOfAvailable,
            [.., 'p', '%'] => SizeMode.PercentOfPosition,
            [.., '%'] => SizeMode.PercentOfEquity,
            _ => null,
        };
        if (Number("VOLUME", volume.TrimEnd('%', 'q', 'Q', 'a', 'A', 'p', 'P'), errors) is not { } value)
        {
            return draft;
        }

        if (value > 100 && mode is not (null or SizeMode.Quote))
        {
            errors.Add(new FieldError("VOLUME", $"VOLUME is {volume}; at most 100 % is allowed."));
        }

        return mode switch
        {
            null => draft with { Quantity = value },
            SizeMode.Quote => draft with { Cost = value },
            _ => draft with { Size = new SignalSize(mode.Value, value) },
        };
    }

    private static SignalAction Missing(List<FieldError> errors)
    {
        if (!errors.Any(e => e.Field == "SIGNAL"))
        {
            errors.Add(new FieldError("SIGNAL", $"SIGNAL is missing; allowed are {string.Join(", ", Vocabulary.Actions.Keys)}."));
        }

        return default;
    }

    private static T? Choice<T>(
        Dictionary<string, string> fields,
        string name,
        IReadOnlyDictionary<string, T> words,
        List<FieldError> errors
    )
        where T : struct
    {
        if (Take(fields, name) is not { } text)
        {
            return null;
        }

        if (words.TryGetValue(text.ToLowerInvariant(), out var choice))
        {
            return choice;
        }

        errors.Add(new FieldError(name, $"{name} is \"{text}\"; allowed are {string.Join(", ", words.Keys)}."));
        return null;
    }

    private static decimal? Positive(Dictionary<string, string> fields, string name, List<FieldError> errors) =>
        Take(fields, name) is { } text ? Number(name, text, errors) : null;

    private static decimal? Number(string name, string text, List<FieldError> errors)
    {
        if (!ExactNumber.TryParse(text, out var value, out var problem))
        {
            errors.Add(new FieldError(name, $"{name} {problem}."));
            return null;
        }

        if (value > 0)
        {
            return value;
        }

        errors.Add(new FieldError(name, $"{name} is {ExactJson.Text(value)}; it must be above 0."));
        return null;
    }

    private static string? Take(Dictionary<string, string> fields, string name) =>
        fields.Remove(name, out var text) && text.Length > 0 ? text : null;
}
