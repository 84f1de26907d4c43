using ExEngine.Core.Markets;

namespace ExEngine.Core.Portfolio.Money;

/// <summary>
/// Deposits and withdrawals told apart from trading: a balance less what our fills made of it is what came from outside. A fill that the
/// exchange has executed and that is not stored yet looks like a deposit for a moment; therefore a difference is only noted when it is
/// first seen, and counts once a second look finds the same while nothing is on its way.
/// </summary>
public static class FlowMath
{
    /// <summary>Adds what a fill changed, fees included, to the assets of an account.</summary>
    /// <param name="symbol">Such as <c>BTC/USDT</c>.</param>
    public static void Add(IDictionary<string, decimal> assets, string symbol, TradedAmounts fill)
    {
        var (@base, quote) = SymbolAssets.Of(symbol);
        var sign = fill.Side == OrderSide.Buy ? 1 : -1;
        Add(assets, @base, sign * fill.Quantity);
        Add(assets, quote, -sign * fill.Cost);
        if (fill.FeeAsset is { } asset)
        {
            Add(assets, asset, -fill.Fee);
        }
    }

    /// <param name="before">
    /// As the last look left it; null for the first look, or the first in another currency: everything that is there then came from
    /// outside.
    /// </param>
    /// <param name="traded">What fills that will not be read again changed, since the first look.</param>
    /// <param name="recent">What younger fills changed.</param>
    /// <param name="isQuiet">No order may have been executed without its fills being stored.</param>
    /// <param name="value">An amount of an asset in the currency; null when there is no rate, and the amount is then left out.</param>
    public static FlowStep Step(
        FlowStep? before,
        IReadOnlyDictionary<string, decimal> balances,
        IReadOnlyDictionary<string, decimal> traded,
        IReadOnlyDictionary<string, decimal> recent,
        bool isQuiet,
        Func<string, decimal, decimal?> value
    )
    {
        var (net, pending) = (before?.NetDeposits ?? balances.Sum(b => value(b.Key, b.Value) ?? 0), 0m);
        var assets = new SortedDictionary<string, AssetFlow>(StringComparer.Ordinal);
        foreach (var asset in balances.Keys.Union(traded.Keys).Union(recent.Keys).Union(before?.Assets.Keys ?? []))
        {
            var seen = balances.GetValueOrDefault(asset) - traded.GetValueOrDefault(asset) - recent.GetValueOrDefault(asset);
            var known = before?.Assets.GetValueOrDefault(asset);
            var outside = known?.Outside ?? 0;
            var moved = seen - outside;
            if (before is null)
            {
                outside = seen;
            }
            else if (moved != 0 && isQuiet && seen == (known?.Seen ?? 0))
            {
                net += value(asset, moved) ?? 0;
                outside = seen;
            }
            else if (moved != 0)
            {
                pending += value(asset, moved) ?? 0;
            }

            assets[asset] = new AssetFlow(outside, seen, traded.GetValueOrDefault(asset));
        }

        return new FlowStep(net, pending, assets);
    }

    private static void Add(IDictionary<string, decimal> assets, string asset, decimal amount) =>
        assets[asset] = (assets.TryGetValue(asset, out var sum) ? sum : 0) + amount;
}

/// <summary>The part of a fill that moves balances.</summary>
/// <param name="Quantity">In base, before fees.</param>
/// <param name="Cost">In quote, before fees.</param>
/// <param name="Fee">In <paramref name="FeeAsset"/>; negative is a rebate.</param>
public readonly record struct TradedAmounts(OrderSide Side, decimal Quantity, decimal Cost, decimal Fee, string? FeeAsset);

/// <summary>In the reporting currency.</summary>
/// <param name="NetDeposits">What counts for good.</param>
/// <param name="Pending">What was seen once, or while something was on its way: in this snapshot only.</param>
public sealed record FlowStep(decimal NetDeposits, decimal Pending, IReadOnlyDictionary<string, AssetFlow> Assets);
