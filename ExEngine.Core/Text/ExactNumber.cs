using System.Globalization;

namespace ExEngine.Core.Text;

/// <summary>
/// Reads a number exactly or says why not. <see cref="decimal"/> itself rounds silently past 28 digits, and so does
/// every JSON library; an amount of money must not change on its way in.
/// </summary>
public static class ExactNumber
{
    private const int MaxDigits = 28;
    private const int MaxText = 64;

    /// <summary>Parses <c>-?digits[.digits][e±digits]</c> with at most 28 significant digits.</summary>
    /// <param name="problem">What is wrong, to be put after the field's name; null on success.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value, out string? problem)
    {
        value = 0;
        problem = Problem(text.Trim(), ref value);
        return problem is null;
    }

    private static string? Problem(ReadOnlySpan<char> text, ref decimal value)
    {
        if (text.IsEmpty)
        {
            return "is empty; state a number such as 0.001, or leave the field out";
        }

        if (text.StartsWith("{{", StringComparison.Ordinal))
        {
            return $"still holds the placeholder {Shown(text)}; the alert platform did not fill it in";
        }

        if (text.Length > MaxText)
        {
            return $"is {text.Length} characters long; a number may have at most {MaxDigits} significant digits";
        }

        if (
            text.Equals("nan", StringComparison.OrdinalIgnoreCase)
            || text.TrimStart("+-").StartsWith("inf", StringComparison.OrdinalIgnoreCase)
        )
        {
            return $"is {Shown(text)}, which is no number; the alert's placeholder had no value";
        }

        if (!TrySplit(text, out var significant, out var scale))
        {
            return $"is {Shown(text)}, which is no number; write it like 60000.10, without thousands separators";
        }

        if (significant > MaxDigits)
        {
            return $"has {significant} significant digits; at most {MaxDigits} are kept exactly";
        }

        // A decimal keeps 28 places after the point; more would be rounded away.
        return
            significant > 0 && (scale > MaxDigits || significant - scale > MaxDigits)
            || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            ? $"is {Shown(text)}, which is too large or too small to be kept exactly"
            : null;
    }

    /// <summary>Counts significant digits and the places after the point; false when it is no number.</summary>
    private static bool TrySplit(ReadOnlySpan<char> text, out int significant, out long scale)
    {
        (significant, scale) = (0, 0);
        var i = text[0] is '-' or '+' ? 1 : 0;
        var (digits, trailingZeros, afterPoint) = (0, 0, false);
        for (; i < text.Length && text[i] is not ('e' or 'E'); i++)
        {
            switch (text[i])
            {
                case '.' when !afterPoint:
                    afterPoint = true;
                    continue;
                case >= '0' and <= '9':
                    digits++;
                    scale += afterPoint ? 1 : 0;
                    trailingZeros = text[i] == '0' ? trailingZeros + 1 : 0;
                    significant += significant > 0 || text[i] != '0' ? 1 : 0;
                    break;
                default:
                    return false;
            }
        }

        if (digits == 0)
        {
            return false;
        }

        if (significant > 0)
        {
            significant -= trailingZeros;
            scale -= trailingZeros;
        }

        if (i == text.Length)
        {
            return true;
        }

        if (!int.TryParse(text[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
        {
            return false;
        }

        scale -= exponent;
        return true;
    }

    private static string Shown(ReadOnlySpan<char> text) => $"\"{text[..Math.Min(text.Length, 40)]}\"";
}
