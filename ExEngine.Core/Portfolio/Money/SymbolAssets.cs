namespace ExEngine.Core.Portfolio.Money;

/// <summary>The two assets in a symbol's name, as positions have them.</summary>
internal static class SymbolAssets
{
    /// <summary>An asset that the name does not have is empty.</summary>
    public static (string Base, string Quote) Of(string symbol)
    {
        var slash = symbol.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return (symbol, "");
        }

        var end = symbol.IndexOf(':', slash);
        return (symbol[..slash], end < 0 ? symbol[(slash + 1)..] : symbol[(slash + 1)..end]);
    }
}
