using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Grid;

/// <summary>Lines, sizes and what a pair earns.</summary>
public static class GridMath
{
    /// <summary>All lines from the lowest, raw: quote per base, before the tick.</summary>
    public static IReadOnlyList<decimal> RawLines(GridSettings settings)
    {
        var lines = new decimal[settings.Grids + 1];
        var ratio = settings.Spacing == GridSpacing.Geometric ? Ratio(settings) : 0;
        lines[0] = settings.Lower;
        for (var i = 1; i < lines.Length; i++)
        {
            lines[i] =
                settings.Spacing == GridSpacing.Geometric
                    ? lines[i - 1] * ratio
                    : settings.Lower + (i * (settings.Upper - settings.Lower) / settings.Grids);
        }

        lines[^1] = settings.Upper;
        return lines;
    }

    /// <summary>All lines on the tick, down.</summary>
    public static IReadOnlyList<decimal> Lines(GridSettings settings, Market market) =>
        [.. RawLines(settings).Select(market.PriceIncrements.Down)];

    /// <summary>The N-th root of upper / lower, to 27 digits, by Newton's method: the same on every machine.</summary>
    public static decimal Ratio(GridSettings settings)
    {
        var (target, n) = (settings.Upper / settings.Lower, settings.Grids);
        var root = 1 + ((target - 1) / n);
        for (var i = 0; i < 200; i++)
        {
            // The guess is above the root from the start, and comes down to it.
            var power = Power(root, n - 1);
            var next = root - (((root * power) - target) / (n * power));
            if (next >= root || root - next < 1e-27m)
            {
                return next;
            }

            root = next;
        }

        return root;
    }

    /// <summary>Between two lines in quote; 0 when the spacing is geometric.</summary>
    public static decimal Width(GridSettings settings) =>
        settings.Spacing == GridSpacing.Arithmetic ? (settings.Upper - settings.Lower) / settings.Grids : 0;

    /// <summary>Between two lines; 0 when the spacing is arithmetic.</summary>
    public static decimal RatioOrZero(GridSettings settings) => settings.Spacing == GridSpacing.Geometric ? Ratio(settings) : 0;

    /// <summary>The line that stays empty at the start: the nearest to the price, on a tie the upper one.</summary>
    public static int EmptyLine(IReadOnlyList<decimal> lines, decimal price)
    {
        var best = 0;
        for (var i = 1; i < lines.Count; i++)
        {
            best = Math.Abs(lines[i] - price) <= Math.Abs(lines[best] - price) ? i : best;
        }

        return best;
    }

    /// <summary>In quote: what one pair leaves after both fees. Coins that a coarse step keeps back are carried, so they count.</summary>
    public static decimal PairNet(decimal quantity, decimal lower, decimal upper, FeeRates fees)
    {
        var (buy, sell) = (fees.BuyMaker, fees.SellMaker);
        return fees.Coin == FeeCoin.Base
            ? (quantity * (1 - buy) * upper * (1 - sell)) - (quantity * lower)
            : quantity * ((upper * (1 - sell)) - (lower * (1 + buy)));
    }

    /// <summary>Percent: a pair's net over its cost with the fee.</summary>
    public static decimal PairPercent(decimal lower, decimal upper, FeeRates fees) =>
        PairNet(1, lower, upper, fees) / (lower * (fees.Coin == FeeCoin.Base ? 1 : 1 + fees.BuyMaker)) * 100;

    /// <summary>Percent between two lines at which a pair earns nothing.</summary>
    public static decimal BreakEven(FeeRates fees) =>
        100
        * (
            fees.Coin == FeeCoin.Base
                ? (1 / ((1 - fees.BuyMaker) * (1 - fees.SellMaker))) - 1
                : ((1 + fees.BuyMaker) / (1 - fees.SellMaker)) - 1
        );

    private static decimal Power(decimal value, int exponent)
    {
        var power = 1m;
        for (; exponent > 0; exponent >>= 1)
        {
            power = (exponent & 1) == 1 ? power * value : power;
            value = exponent > 1 ? value * value : value;
        }

        return power;
    }
}
