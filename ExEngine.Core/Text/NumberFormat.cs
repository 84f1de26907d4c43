using System.Collections.Concurrent;
using System.Globalization;

namespace ExEngine.Core.Text;

/// <summary>How a person writes numbers. REST and CSV do not know it.</summary>
public enum NumberFormat
{
    /// <summary><c>1,234.56</c>.</summary>
    Point,

    /// <summary><c>1.234,56</c>.</summary>
    Comma,

    /// <summary><c>1 234,56</c>, with blanks at which no line breaks.</summary>
    Space,
}

public static class NumberFormats
{
    private static readonly ConcurrentDictionary<NumberFormat, NumberFormatInfo> Infos = new();

    /// <summary>The mark before the decimals.</summary>
    public static char Mark(this NumberFormat format) => format == NumberFormat.Point ? '.' : ',';

    /// <summary>What stands between groups of three digits.</summary>
    public static string Group(this NumberFormat format) =>
        format switch
        {
            NumberFormat.Point => ",",
            NumberFormat.Comma => ".",
            _ => "\u00a0",
        };

    /// <summary>For .NET's own writing of numbers.</summary>
    public static NumberFormatInfo Info(this NumberFormat format) => Infos.GetOrAdd(format, Make);

    /// <summary>Digits with their decimal point as the format has them, without groups: as a text stands in a field.</summary>
    /// <param name="digits">As the invariant culture writes them.</param>
    public static string Marked(this NumberFormat format, string digits) => digits.Replace('.', format.Mark());

    private static NumberFormatInfo Make(NumberFormat format) =>
        NumberFormatInfo.ReadOnly(new() { NumberDecimalSeparator = format.Mark().ToString(), NumberGroupSeparator = format.Group() });
}
