using ExEngine.Core.Markets;

namespace ExEngine.Core.Risk;

/// <summary>
/// How amounts of one asset become amounts of another among the spot markets of an exchange: pure. No step is the same asset, two go
/// through one in the middle.
/// </summary>
/// <param name="IsAssumed">No market leads there, and both are dollars: one counts as one.</param>
public sealed record RatePath(IReadOnlyList<RateStep> Steps, bool IsAssumed = false)
{
    private static readonly string[] Middles = ["USDT", "USDC", "USD", "BTC", "EUR", "ETH"];

    /// <summary>The same asset needs no market, wherever it is.</summary>
    public static RatePath Same { get; } = new([]);

    /// <summary>
    /// The shortest way: the same, one market, or two through USDT, USDC, USD, BTC, EUR or ETH, in this order. Null when there is none.
    /// </summary>
    public static RatePath? Find(MarketSet markets, string asset, string currency)
    {
        if (asset == currency)
        {
            return Same;
        }

        if (Step(markets, asset, currency) is { } direct)
        {
            return new RatePath([direct]);
        }

        foreach (var middle in Middles.Where(m => m != asset && m != currency))
        {
            if (Step(markets, asset, middle) is { } first && Step(markets, middle, currency) is { } second)
            {
                return new RatePath([first, second]);
            }
        }

        return DollarCoins.Contains(asset) && DollarCoins.Contains(currency) ? new RatePath([], IsAssumed: true) : null;
    }

    private static RateStep? Step(MarketSet markets, string from, string to) =>
        markets.Spot(from, to) is { } direct ? new RateStep(direct.Symbol, IsInverse: false)
        : markets.Spot(to, from) is { } inverse ? new RateStep(inverse.Symbol, IsInverse: true)
        : null;
}

/// <param name="IsInverse">The amount is divided by the price instead of multiplied with it.</param>
public readonly record struct RateStep(string Symbol, bool IsInverse)
{
    /// <param name="price">Quote per base, above zero.</param>
    public decimal Rate(decimal price) => IsInverse ? 1 / price : price;
}
