using ExEngine.Core.Text;

namespace ExEngine.Web.Components.Parts.Values;

/// <summary>
/// Reads the number fields of a form and keeps what is wrong with each, for beside the field. A form with a problem is not sent: what was
/// not read is left out of its input, and left out means no limit or no price in places.
/// </summary>
public sealed class NumberFields
{
    private readonly Dictionary<string, string[]> _problems = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By the name of the field's input.</summary>
    public IReadOnlyDictionary<string, string[]> Problems => _problems;

    /// <returns>Null when nothing stands there, and when it is no number.</returns>
    public decimal? Read(string field, string? text) => Keep(field, NumberText.Read(text));

    /// <inheritdoc cref="Read"/>
    public int? ReadWhole(string field, string? text) => (int?)Keep(field, NumberText.ReadWhole(text));

    /// <summary>The errors of a form with these in their places.</summary>
    public IDictionary<string, string[]> Over(IDictionary<string, string[]> errors)
    {
        var all = new Dictionary<string, string[]>(errors, StringComparer.OrdinalIgnoreCase);
        foreach (var (field, problem) in _problems)
        {
            all[field] = problem;
        }

        return all;
    }

    private decimal? Keep(string field, TypedNumber read)
    {
        if (read.Problem is { } problem)
        {
            _problems[field] = [problem];
        }

        return read.Value;
    }
}
