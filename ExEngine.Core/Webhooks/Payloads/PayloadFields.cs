using System.Globalization;
using System.Text.Json;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;
using ExEngine.Core.Webhooks.Signals;

namespace ExEngine.Core.Webhooks.Payloads;

/// <summary>
/// Named values of a payload as a preset reads them: typed, every error collected. Numbers are accepted as JSON numbers and as
/// strings; null counts as not stated.
/// </summary>
/// <param name="path">What stands before a name when it is shown: <c>takeProfit.</c>; empty for the body itself.</param>
public abstract class PayloadFields(List<FieldError> errors, string path)
{
    private const int MaxText = 128;

    public abstract bool Has(string name);

    /// <param name="problem">The rest of a sentence that begins with the field's name.</param>
    public void Error(string name, string problem) => Report(name, new FieldError(path + Stated(name), $"{Shown(name)} {problem}"));

    /// <summary>Whether exactly one of these fields is stated; an error on what they belong to otherwise.</summary>
    public bool ExactlyOne(params ReadOnlySpan<string> names)
    {
        var stated = 0;
        foreach (var name in names)
        {
            stated += Has(name) ? 1 : 0;
        }

        if (stated == 1)
        {
            return true;
        }

        var field = path.TrimEnd('.');
        Report(
            "",
            new FieldError(
                field,
                $"{field} states {(stated == 0 ? "none" : "more than one")} of {string.Join(", ", names)}; state exactly one."
            )
        );
        return false;
    }

    /// <summary>Text of 1 to <paramref name="longest"/> characters; numbers and booleans are taken as written.</summary>
    public string? Text(string name, int longest = MaxText)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            Error(name, "must be text.");
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? StringOf(name, value)?.Trim() : value.GetRawText();
        if (text is null)
        {
            return null;
        }

        if (text.Length > longest)
        {
            Error(name, $"has {text.Length} characters; at most {longest} are allowed.");
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>An exact number above 0.</summary>
    public decimal? Positive(string name)
    {
        if (Number(name) is not { } value)
        {
            return null;
        }

        if (value > 0)
        {
            return value;
        }

        Error(name, $"is {ExactJson.Text(value)}; it must be above 0.");
        return null;
    }

    /// <summary>An exact number of 0 or more.</summary>
    public decimal? NonNegative(string name)
    {
        if (Number(name) is not { } value)
        {
            return null;
        }

        if (value >= 0)
        {
            return value;
        }

        Error(name, $"is {ExactJson.Text(value)}; it must not be negative.");
        return null;
    }

    /// <summary>A share in percent, above 0 and at most 100.</summary>
    public decimal? Percent(string name)
    {
        if (Positive(name) is not { } value)
        {
            return null;
        }

        if (value <= 100)
        {
            return value;
        }

        Error(name, $"is {ExactJson.Text(value)}; at most 100 % is allowed.");
        return null;
    }

    /// <summary>A ratio as percent: 0.1 is 10.</summary>
    /// <param name="most">Inclusive; the ratio is above 0.</param>
    public decimal? Ratio(string name, int most = 1)
    {
        if (Positive(name) is not { } value)
        {
            return null;
        }

        if (value <= most)
        {
            // Dividing by one with 28 zeros drops the zeros at the end.
            return IncrementMath.Shortest(value * 100);
        }

        Error(name, $"is {ExactJson.Text(value)}; it is a ratio, at most {most}: write 0.1 for 10 %.");
        return null;
    }

    /// <summary>A length of time in seconds, fractions included.</summary>
    /// <param name="least">Inclusive, in seconds.</param>
    /// <param name="most">Inclusive, in seconds.</param>
    public TimeSpan? Seconds(string name, int least, int most)
    {
        if (Number(name) is not { } seconds)
        {
            return null;
        }

        if (seconds >= least && seconds <= most)
        {
            return TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        }

        Error(name, $"is {ExactJson.Text(seconds)} seconds; allowed are {least} to {most}.");
        return null;
    }

    /// <summary>An exact number, whatever its sign.</summary>
    public decimal? Number(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => StringOf(name, value),
            JsonValueKind.Number => value.GetRawText(),
            _ => value.GetRawText()[..Math.Min(40, value.GetRawText().Length)],
        };
        if (text is null)
        {
            return null;
        }

        if (ExactNumber.TryParse(text, out var number, out var problem))
        {
            return number;
        }

        Error(name, problem + ".");
        return null;
    }

    /// <summary>One of a closed list of words, without regard to case.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Vocabulary.Find(words, text) is { } choice)
        {
            return choice;
        }

        Error(name, $"is \"{text}\"; allowed are {string.Join(", ", words.Keys)}.");
        return null;
    }

    /// <summary>As <see cref="Choice"/>, and an error when it is not stated at all.</summary>
    public T Required<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (
            !Has(name)
            || (Value(name) is { ValueKind: JsonValueKind.String } value && string.IsNullOrWhiteSpace(StatedField.TextOf(value) ?? "?"))
        )
        {
            Error(name, $"is missing; allowed are {string.Join(", ", words.Keys)}.");
            return default;
        }

        return Choice(name, words) ?? default;
    }

    /// <summary>ISO-8601 with or without offset (UTC then), or Unix seconds or milliseconds.</summary>
    public DateTime? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) && unix is > 0 and < 253_402_300_799_000)
        {
            // Seconds stay below this until the year 5138; milliseconds have been above it since 1973.
            return (
                unix < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(unix) : DateTimeOffset.FromUnixTimeMilliseconds(unix)
            ).UtcDateTime;
        }

        // Without this look at the year, "12-25" would be a day of the current one.
        if (
            text is [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', '-', ..]
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        )
        {
            return time.UtcDateTime;
        }

        Error(name, $"is \"{text}\"; write a time like 2026-01-02T03:04:05Z, or Unix seconds or milliseconds.");
        return null;
    }

    /// <summary>A boolean, also written as text.</summary>
    public bool? Flag(string name) => Choice(name, Vocabulary.Flags);

    /// <summary>What the name stands for; null when it is absent or JSON's null.</summary>
    protected abstract JsonElement? Value(string name);

    /// <summary>How an error calls the field.</summary>
    protected virtual string Shown(string name) => path + Stated(name);

    /// <summary>The field's name as the sender wrote it.</summary>
    protected virtual string Stated(string name) => name;

    /// <summary>Collects what is wrong with a field.</summary>
    protected virtual void Report(string name, FieldError problem) => errors.Add(problem);

    /// <summary>Null, and an error, for half of a surrogate pair.</summary>
    protected string? StringOf(string name, JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Error(name, "holds half of a surrogate pair, which is no valid text.");
            return null;
        }
    }
}
