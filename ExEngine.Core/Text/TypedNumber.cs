using System.Globalization;
using System.Text.RegularExpressions;

namespace ExEngine.Core.Text;

/// <summary>
/// A number as people type and paste it, or why it is none. What the chosen format writes, this reads: its decimal mark is the only one,
/// and the other mark, spaces and apostrophes group thousands and nothing else, so "0,5" is asked about where a point is the decimal mark
/// and never taken for 5. What is not read has no value: it is never 0.
/// </summary>
/// <param name="Value">0 or above, exact; null when nothing was typed, and when it is no number.</param>
/// <param name="Problem">A sentence for beside the field; null when there is none.</param>
public readonly partial record struct TypedNumber(decimal? Value, string? Problem)
{
    private const int MaxText = 64;

    /// <param name="text">Null and blank are nothing at all.</param>
    /// <param name="format">In which numbers are shown to who typed it.</param>
    public static TypedNumber Read(string? text, NumberFormat format)
    {
        var (typed, pointed) = (Plain(text), Pointed(Plain(text), format));
        return typed.Length == 0 ? default
            : typed.Length > MaxText ? Wrong($"This is {typed.Length} characters long; a number has at most 28 digits.")
            : Written().IsMatch(pointed) && !(format == NumberFormat.Space && pointed.Contains(',', StringComparison.Ordinal))
                ? Exactly(Bare(pointed))
            : Wrong(ProblemOf(typed, format));
    }

    /// <summary>As <see cref="Read"/>, of something that is counted.</summary>
    public static TypedNumber ReadWhole(string? text, NumberFormat format) =>
        Read(text, format) switch
        {
            { Value: > int.MaxValue } => Wrong($"At most {int.MaxValue} can be kept here."),
            { Value: { } value } when value != decimal.Floor(value) => Wrong($"\"{Plain(text)}\" is no whole number."),
            var read => read,
        };

    // The marks change places where a comma is the decimal mark, so that there is one grammar. Where blanks group thousands a point means
    // nothing, and what it may mean is asked about.
    private static string Pointed(string typed, NumberFormat format) =>
        format == NumberFormat.Point
            ? typed
            : string.Concat(
                typed.Select(c =>
                    c == '.' ? ','
                    : c == ',' ? '.'
                    : c
                )
            );

    private static string ProblemOf(string typed, NumberFormat format)
    {
        if (typed[0] is '-' or '+' or '−' or '–' && Read(typed[1..], format) is { Value: not null })
        {
            return $"\"{typed}\" has a sign; write {typed[1..].Trim()}.";
        }

        var pointed = Pointed(typed, format);
        if (Exponent().IsMatch(pointed))
        {
            return ExactNumber.TryParse(pointed, out var value, out _)
                ? $"\"{typed}\" has an exponent; write {Shown(value, format)}."
                : $"\"{typed}\" has an exponent and is too large or too small; write it with all its digits.";
        }

        var readings = Digits().IsMatch(pointed) ? Readings(pointed).Distinct().Select(v => Shown(v, format)).ToArray() : [];
        return readings.Length > 0
            ? $"\"{typed}\" is not clear: write {string.Join(" or ", readings)}."
            : $"\"{typed}\" is no number; write digits with a decimal {(format.Mark() == '.' ? "point" : "comma")}, like {Shown(1234.5m, format)}.";
    }

    /// <summary>What may be meant: the last mark as the decimal point, and the commas as nothing at all.</summary>
    private static IEnumerable<decimal> Readings(string typed)
    {
        var (points, commas) = (typed.Count(c => c == '.'), typed.Count(c => c == ','));
        if (commas == 0 && points > 1)
        {
            // 1.000.000 groups by points, 1.2.3 is no number.
            return PointGroups().IsMatch(typed) ? Values(typed.Replace(".", "", StringComparison.Ordinal)) : [];
        }

        var last = typed.LastIndexOfAny(['.', ',']);
        return (last >= 0 && (typed[last] == ',' || points == 1), points <= 1) switch
        {
            (true, true) => [.. Values(PointAt(typed, last)), .. Values(Bare(typed))],
            (true, false) => Values(PointAt(typed, last)),
            (false, true) => Values(Bare(typed)),
            _ => [],
        };
    }

    private static IEnumerable<decimal> Values(string digits) => ExactNumber.TryParse(digits, out var value, out _) ? [value] : [];

    private static string PointAt(string typed, int last) =>
        string.Concat(
            typed.Select(
                (c, i) =>
                    i == last ? "."
                    : char.IsAsciiDigit(c) ? c.ToString()
                    : ""
            )
        );

    // Digits and points: what groups them is left out.
    private static string Bare(string typed) => string.Concat(typed.Where(c => char.IsAsciiDigit(c) || c == '.'));

    // Every kind of blank as one, and of apostrophe.
    private static string Plain(string? text) =>
        string.Concat(
            (text ?? "")
                .Trim()
                .Select(c =>
                    char.IsWhiteSpace(c) ? ' '
                    : c is '’' or '‘' ? '\''
                    : c
                )
        );

    private static TypedNumber Exactly(string digits) =>
        ExactNumber.TryParse(digits, out var value, out var problem) ? new(value, null) : Wrong($"It {problem}.");

    private static string Shown(decimal value, NumberFormat format) => format.Marked(value.ToString(CultureInfo.InvariantCulture));

    private static TypedNumber Wrong(string problem) => new(null, problem);

    // Digits alone, or groups of three with one kind of mark between them: never behind a leading zero, where a comma is decimal.
    [GeneratedRegex(@"^(?:[0-9]+|[1-9][0-9]{0,2}(?<mark>[, '_])[0-9]{3}(?:\k<mark>[0-9]{3})*|(?=\.[0-9]))(?:\.[0-9]*)?$")]
    private static partial Regex Written();

    [GeneratedRegex(@"^[0-9]*\.?[0-9]+[eE][-+]?[0-9]{1,4}$")]
    private static partial Regex Exponent();

    [GeneratedRegex(@"^(?=.*[0-9])[0-9., '_]+$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[1-9][0-9]{0,2}(\.[0-9]{3}){2,}$")]
    private static partial Regex PointGroups();
}
