using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ExEngine.Core.Text;

/// <summary>Text of one line that every database can hold: PostgreSQL refuses U+0000 and halves of surrogate pairs.</summary>
public static class StoredText
{
    /// <summary>What to say of text that does not fit, after the field's name.</summary>
    public const string Rule = "holds no control characters such as tabs and line breaks.";

    /// <summary>Whether the text is well formed and without control characters.</summary>
    public static bool Fits(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                return false;
            }

            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What a database can hold of a text: for U+0000 and halves of surrogate pairs, which shortening may leave, U+FFFD.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Repaired(string? text) =>
        text is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    /// <summary>Text of others as one line of at most <paramref name="most"/> characters; what does not fit becomes a blank.</summary>
    public static string Line(string text, int most)
    {
        var line = new string([.. text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]);
        return line.Length <= most ? line : line[..(most - 1)] + "…";
    }
}
