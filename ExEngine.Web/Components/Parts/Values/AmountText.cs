using System.Globalization;
using ExEngine.Core.Markets;
using ExEngine.Core.Text;
using ExEngine.Web.Components.Live;

namespace ExEngine.Web.Components.Parts.Values;

/// <summary>Writes numbers for people: thousands grouped, in the format of the reader.</summary>
public static class AmountText
{
    /// <summary>Most decimals that a computed amount is shown with; the exact one is on hover and over REST.</summary>
    private const int MaxDecimals = 8;

    // Amounts in these are read as money: two decimals.
    private static readonly string[] Moneys =
    [
        "USDT",
        "USDC",
        "FDUSD",
        "TUSD",
        "BUSD",
        "DAI",
        "USD",
        "EUR",
        "GBP",
        "CHF",
        "AUD",
        "CAD",
        "BRL",
        "TRY",
    ];

    /// <summary>For numbers that are written in another way than those here.</summary>
    public static NumberFormatInfo Format => ReaderPreferences.Current.Numbers.Info();

    /// <summary>All decimals kept.</summary>
    /// <param name="decimals">Places to pad to; a value with more keeps them all.</param>
    public static string Of(decimal value, int decimals = 0)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        var stated = text.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? text.Length - dot - 1 : 0;
        return value.ToString("N" + Math.Max(stated, decimals).ToString(CultureInfo.InvariantCulture), Format);
    }

    /// <summary>Every digit that counts, and no zeros behind them.</summary>
    public static string Exact(decimal value) => Of(IncrementMath.Shortest(value));

    /// <summary>A price that orders can have, with the decimals of the market's tick.</summary>
    public static string Price(decimal price, Market? market) => OnSteps(price, market?.PriceIncrements);

    /// <summary>A quantity that orders can have, with the decimals of the market's step.</summary>
    public static string Quantity(decimal quantity, Market? market) => OnSteps(quantity, market?.QuantityIncrements);

    /// <summary>A price that was computed, such as an average: to the market's tick.</summary>
    public static string Average(decimal price, Market? market)
    {
        var step = market?.PriceIncrements.IncrementAt(price);
        return step is { } known
            ? Of(decimal.Round(price, IncrementMath.Shortest(known).Scale), IncrementMath.Shortest(known).Scale)
            : Exact(decimal.Round(price, MaxDecimals));
    }

    /// <summary>An amount of an asset: two decimals of money, up to eight of others and of what would be nothing otherwise.</summary>
    public static string Money(decimal amount, string asset) =>
        IsCents(amount, asset) ? Of(Rounded(amount, asset), 2) : Exact(Rounded(amount, asset));

    /// <summary>The number that <see cref="Money"/> writes.</summary>
    public static decimal Rounded(decimal amount, string asset) => decimal.Round(amount, IsCents(amount, asset) ? 2 : MaxDecimals);

    /// <summary><see cref="Money"/> with its sign, also above zero.</summary>
    public static string Profit(decimal amount, string asset) => (amount > 0 ? "+" : "") + Money(amount, asset).Replace('-', '−');

    /// <summary>Percent with its sign and two decimals.</summary>
    public static string Percent(decimal percent) => (percent > 0 ? "+" : "") + Of(decimal.Round(percent, 2), 2).Replace('-', '−') + " %";

    private static bool IsCents(decimal amount, string asset) => Moneys.Contains(asset) && (decimal.Round(amount, 2) != 0 || amount == 0);

    private static string OnSteps(decimal value, Increments? steps) =>
        steps is { } known ? Of(decimal.Parse(known.Text(value), CultureInfo.InvariantCulture)) : Exact(value);
}
