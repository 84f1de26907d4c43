using System.Globalization;

namespace ExEngine.Web.Components.Parts;

/// <summary>Writes numbers for people: thousands grouped by comma, all decimals kept.</summary>
public static class AmountText
{
    /// <param name="decimals">Places to pad to; a value with more keeps them all.</param>
    public static string Of(decimal value, int decimals = 0)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        var stated = text.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? text.Length - dot - 1 : 0;
        return value.ToString("N" + Math.Max(stated, decimals).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
