namespace ExEngine.Core.Markets;

/// <summary>Other codes of the same coin: ISO 4217 has XBT, Kraken has XDG and puts an X before coins and a Z before money.</summary>
internal static class AssetAliases
{
    private static readonly (string Alias, string Asset)[] Codes = [("XBT", "BTC"), ("XDG", "DOGE")];

    /// <summary>The codes that mean this asset too, in capital letters.</summary>
    public static IEnumerable<string> Of(string asset) => Codes.Where(c => c.Asset == asset).Select(c => c.Alias);

    /// <summary>A compact symbol with the usual code of its base in front: <c>XXBTZUSD</c> and <c>XBTUSD</c> are <c>BTCUSD</c>.</summary>
    public static string Usual(string compact)
    {
        // XXBTZUSD and XETHZEUR: an X, three letters, a Z, three letters.
        var bare = compact is ['X', _, _, _, 'Z', _, _, _] ? compact[1..4] + compact[5..] : compact;
        foreach (var (alias, asset) in Codes)
        {
            if (bare.StartsWith(alias, StringComparison.Ordinal))
            {
                return asset + bare[alias.Length..];
            }
        }

        return bare;
    }
}
