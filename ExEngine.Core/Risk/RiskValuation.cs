namespace ExEngine.Core.Risk;

/// <summary>
/// Figures of a scope in the reporting currency, by the prices of a <see cref="RateBook"/>: pure. Null when a price or a rate is not
/// known; the book then says which, all of them.
/// </summary>
public static class RiskValuation
{
    /// <summary>What is held at its market's price, and what open buys may still buy at their own.</summary>
    public static decimal? Exposure(IEnumerable<HeldPosition> positions, IEnumerable<OpenBuy> buys, RateBook book) =>
        Sum([
            .. positions.Where(p => p.IsOpen).Select(p => Value(p.Exchange, p.Symbol, p.Quote, p.Quantity, null, book)),
            .. buys.Select(b => Value(b.Exchange, b.Symbol, b.Quote, b.Quantity, b.Price, book)),
        ]);

    /// <summary>The value of the symbol of which most is held and being bought; zero when nothing is.</summary>
    public static decimal? LargestPosition(IReadOnlyCollection<HeldPosition> positions, IReadOnlyCollection<OpenBuy> buys, RateBook book)
    {
        decimal?[] values =
        [
            .. positions
                .Where(p => p.IsOpen)
                .Select(p => p.Symbol)
                .Union(buys.Select(b => b.Symbol))
                .Select(s => Exposure(positions.Where(p => p.Symbol == s), buys.Where(b => b.Symbol == s), book)),
        ];
        return values.Any(v => v is null) ? null : values.Max() ?? 0;
    }

    /// <summary>What open positions are worth less what they cost; negative is a loss.</summary>
    public static decimal? Unrealized(IEnumerable<HeldPosition> positions, RateBook book) =>
        Sum([.. positions.Where(p => p.IsOpen).Select(p => Profit(p, 0, book))]);

    /// <summary>Everything that was ever realised, and <see cref="Unrealized"/>.</summary>
    public static decimal? TotalProfit(IEnumerable<HeldPosition> positions, RateBook book) =>
        Sum([.. positions.Select(p => p.IsOpen ? Profit(p, p.RealizedProfit, book) : book.Convert(p.Exchange, p.Quote, p.RealizedProfit))]);

    public static decimal? Realized(IEnumerable<RealizedAmount> amounts, RateBook book) =>
        Sum([.. Totals(amounts).Select(a => book.Convert(a.Exchange, a.Quote, a.Amount))]);

    /// <summary>The same without the quotes whose rate is not known.</summary>
    public static decimal RealizedAsFarAsKnown(IEnumerable<RealizedAmount> amounts, RateBook book) =>
        Totals(amounts).Sum(a => book.Convert(a.Exchange, a.Quote, a.Amount) ?? 0);

    private static IEnumerable<RealizedAmount> Totals(IEnumerable<RealizedAmount> amounts) =>
        amounts.GroupBy(a => (a.Exchange, a.Quote)).Select(g => new RealizedAmount(g.Key.Exchange, g.Key.Quote, g.Sum(a => a.Amount)));

    private static decimal? Profit(HeldPosition p, decimal realized, RateBook book) =>
        book.Price(p.Exchange, p.Symbol) is { } price
            ? book.Convert(p.Exchange, p.Quote, (p.Quantity * price) - p.EntryCost + realized)
            : Unknown(p.Exchange, p.Quote, book);

    private static decimal? Value(string exchange, string symbol, string quote, decimal quantity, decimal? price, RateBook book) =>
        quantity == 0 ? 0
        : (price ?? book.Price(exchange, symbol)) is { } known ? book.Convert(exchange, quote, quantity * known)
        : Unknown(exchange, quote, book);

    // The rate is wanted too: whoever fetches what is missing asks once.
    private static decimal? Unknown(string exchange, string quote, RateBook book)
    {
        _ = book.RateOf(exchange, quote);
        return null;
    }

    // All of them are looked at, so that the book knows everything that is missing.
    private static decimal? Sum(IReadOnlyList<decimal?> parts) => parts.Any(p => p is null) ? null : parts.Sum(p => p!.Value);
}
