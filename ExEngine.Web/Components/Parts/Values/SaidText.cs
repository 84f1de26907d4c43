using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using ExEngine.Core.Text;
using ExEngine.Web.Components.Live;

namespace ExEngine.Web.Components.Parts.Values;

/// <summary>
/// What the engine said and stored in words or as a number, such as why an order was refused: its numbers in the reader's format. Not for
/// texts that were made for the reader already, and not for what somebody wrote.
/// </summary>
public static partial class SaidText
{
    [return: NotNullIfNotNull(nameof(said))]
    public static string? Of(string? said)
    {
        var format = ReaderPreferences.Current.Numbers;
        return said is null || format == NumberFormat.Point
            ? said
            : Number().Replace(said, m => m.Value.Replace(',', '\0').Replace('.', format.Mark()).Replace("\0", format.Group()));
    }

    // With groups of three, with decimals, or both. Not a part of a time, an address, a version, a name, or of what is quoted. A minus is
    // one that no word or number stands before.
    [GeneratedRegex(
        """(?<![\w.,:/"'])(?<![^\s(]-)(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+)(?![\w"'/]|[.,:-][\w])""",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Number();
}
