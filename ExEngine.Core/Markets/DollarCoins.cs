using System.Collections.Frozen;

namespace ExEngine.Core.Markets;

/// <summary>The dollar, and the coins that stand for one.</summary>
public static class DollarCoins
{
    private static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        "USD",
        "USDT",
        "USDC",
        "FDUSD",
        "BUSD",
        "TUSD",
        "USDP",
        "USDD",
        "DAI",
        "PYUSD",
        "USDE",
        "USDG",
        "RLUSD",
        "USD1",
        "GUSD",
        "BFUSD"
    );

    /// <param name="asset">Upper case.</param>
    public static bool Contains(string asset) => All.Contains(asset);
}
