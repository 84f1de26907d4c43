namespace ExEngine.Core.Markets;

/// <summary>Markets by a part of their name, for lists and pickers.</summary>
public static class MarketSearch
{
    /// <param name="text">Part of the symbol or of the exchange's own id; separators and case do not count. Null: all.</param>
    /// <param name="after">The last symbol of the page before; null on the first page.</param>
    /// <returns>By symbol, at most <paramref name="most"/>.</returns>
    public static IReadOnlyList<Market> Find(MarketSet marketSet, string? text, string? after, int most)
    {
        var wanted = Letters(text ?? "");
        return
        [
            .. marketSet
                .Markets.Where(m => string.CompareOrdinal(m.Symbol, after) > 0)
                .Where(m =>
                    wanted.Length == 0
                    || Letters(m.Symbol).Contains(wanted, StringComparison.Ordinal)
                    || Letters(m.ExchangeSymbol).Contains(wanted, StringComparison.Ordinal)
                )
                .OrderBy(m => m.Symbol, StringComparer.Ordinal)
                .Take(most),
        ];
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
