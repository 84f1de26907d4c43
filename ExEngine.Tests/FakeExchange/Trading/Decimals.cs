using System.Globalization;

namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>Numbers as Binance writes them: as text with eight decimals, more where a market is finer.</summary>
internal static class Decimals
{
    private const int Shown = 8;

    public static string Text(decimal value) =>
        value.ToString("F" + Math.Max(Shown, Places(value)).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static decimal Parse(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    /// <summary>Decimals without the zeros at the end.</summary>
    public static int Places(decimal value) => (value / 1.0000000000000000000000000000m).Scale;

    /// <summary>Towards zero, to a whole number of <paramref name="step"/>; a step of 0 changes nothing.</summary>
    public static decimal Floor(decimal value, decimal step) => step == 0 ? value : value - (value % step);

    /// <summary>Towards zero, to <paramref name="places"/> decimals.</summary>
    public static decimal Cut(decimal value, int places) => decimal.Round(value, places, MidpointRounding.ToZero);
}
