namespace ExEngine.Core.Markets;

/// <summary>All markets of one exchange, and how the ways of writing a symbol lead to them.</summary>
public sealed class MarketSet
{
    private readonly SymbolIndex _index;

    /// <param name="fetchedAt">UTC instant at which the exchange stated these rules.</param>
    /// <param name="stale">The exchange or the gateway did not answer when they were due for a refresh.</param>
    public MarketSet(string exchange, IReadOnlyList<Market> markets, DateTime fetchedAt, bool stale)
        : this(exchange, markets, fetchedAt, stale, new SymbolIndex(markets)) { }

    private MarketSet(string exchange, IReadOnlyList<Market> markets, DateTime fetchedAt, bool stale, SymbolIndex index)
    {
        Exchange = exchange;
        Markets = markets;
        FetchedAt = fetchedAt;
        Stale = stale;
        _index = index;
    }

    public string Exchange { get; }
    public IReadOnlyList<Market> Markets { get; }
    public DateTime FetchedAt { get; }
    public bool Stale { get; }

    /// <summary>Kinds of market for which the exchange did not answer; what is here of them is older, or nothing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The same rules, marked as overdue.</summary>
    public MarketSet AsStale() => Stale ? this : new(Exchange, Markets, FetchedAt, true, _index) { Missing = Missing };

    /// <summary>
    /// These rules and, for the kinds that are missing here, those of <paramref name="known"/>; stale when there are any.
    /// </summary>
    public MarketSet CompletedBy(MarketSet? known)
    {
        if (known is null || Missing.Count == 0)
        {
            return this;
        }

        var own = Markets.Select(m => m.Symbol).ToHashSet(StringComparer.Ordinal);
        Market[] older = [.. known.Markets.Where(m => Missing.Contains(m.Kind) && !own.Contains(m.Symbol))];
        return older.Length == 0 ? this : new(Exchange, [.. Markets, .. older], FetchedAt, true) { Missing = Missing };
    }

    /// <summary>
    /// Understands <c>BTC/USDT</c>, <c>BTCUSDT</c>, <c>BTC-USDT</c>, <c>BTC_USDT</c>, <c>BINANCE:BTCUSDT</c> and the
    /// exchange's own id, all as spot first; <c>BTCUSDT.P</c> and <c>BTC/USDT:USDT</c> as the perpetual only. Case and
    /// blanks do not count; an exchange named in front is not compared, because the account decides where to trade.
    /// </summary>
    public SymbolMatch Resolve(string text)
    {
        var found = _index.Find(text);
        return found switch
        {
            [var market] => new(market, null),
            [] => new(null, Unknown(text)),
            _ => new(null, Ambiguous(text, found)),
        };
    }

    /// <summary>The spot market of exactly these two that is open; null when there is none.</summary>
    public Market? Spot(string @base, string quote) =>
        _index.Find($"{@base}/{quote}") is [{ Kind: "spot", Active: true } market] && market.Base == @base && market.Quote == quote
            ? market
            : null;

    /// <summary>Whether a market has exactly this symbol.</summary>
    public bool Has(string symbol) => _index.Find(symbol) is [var market] && market.Symbol == symbol;

    private OrderRefusal Unknown(string text)
    {
        var near = NearSymbols.Of(text, Markets);
        var hint = near.Count == 0 ? "use one that the exchange lists" : "did you mean " + string.Join(", ", near) + "?";
        return new(RefusalCodes.SymbolUnknown, "symbol", Shown(text), null, near, $"{Exchange} has no market \"{Shown(text)}\"; {hint}");
    }

    private static OrderRefusal Ambiguous(string text, Market[] found)
    {
        string[] symbols = [.. found.Select(m => m.Symbol).Take(NearSymbols.Max)];
        return new(
            RefusalCodes.SymbolAmbiguous,
            "symbol",
            Shown(text),
            null,
            symbols,
            $"\"{Shown(text)}\" can mean {string.Join(", ", symbols)}; send one of these."
        );
    }

    private static string Shown(string text) => text.Length <= 64 ? text : text[..64] + "…";
}

/// <summary>The market that a symbol names; or a refusal that lists near matches.</summary>
public sealed record SymbolMatch(Market? Market, OrderRefusal? Refusal);
