using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Portfolio;

/// <summary>Pure: the exchange's balances against the sums of positions and what our open orders lock.</summary>
internal static class HoldingComparison
{
    public static IReadOnlyList<AssetHolding> Of(
        IReadOnlyList<AssetBalance> balances,
        ILookup<string, decimal> held,
        IReadOnlyList<Order> open
    )
    {
        var ours = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var order in open.Where(o => o.Status.MayChangeThere()))
        {
            var pair = order.Symbol.Split('/', ':');
            var (asset, amount) =
                order.Side == OrderSide.Sell
                    ? (pair[0], order.Remaining)
                    : (pair.ElementAtOrDefault(1) ?? "", order.Remaining * (order.Price ?? order.StopPrice ?? order.ReferencePrice ?? 0));
            ours[asset] = ours.GetValueOrDefault(asset) + Math.Max(amount, 0);
        }

        var assets = balances.Where(b => b.Total != 0).Select(b => b.Asset).Union(held.Where(h => h.Sum() != 0).Select(h => h.Key));
        return
        [
            .. assets
                .Order(StringComparer.Ordinal)
                .Select(asset =>
                {
                    var mine = balances.Where(b => b.Asset == asset).ToList();
                    return new AssetHolding(
                        asset,
                        mine.Sum(b => b.Total),
                        held[asset].Sum(),
                        Math.Max(mine.Sum(b => b.Used) - ours.GetValueOrDefault(asset), 0)
                    );
                }),
        ];
    }
}
