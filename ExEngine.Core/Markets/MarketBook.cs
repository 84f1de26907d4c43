namespace ExEngine.Core.Markets;

/// <summary>All markets of one exchange, and how the ways of writing a symbol lead to them.</summary>
/// <param name="fetchedAt">UTC instant at which the exchange stated these rules.</param>
/// <param name="stale">The exchange or the gateway did not answer when they were due for a refresh.</param>
public sealed class MarketBook(string exchange, IReadOnlyList<Market> markets, DateTime fetchedAt, bool stale)
{
    public string Exchange => exchange;
    public IReadOnlyList<Market> Markets => markets;
    public DateTime FetchedAt => fetchedAt;
    public bool Stale => stale;

    /// <summary>
    /// Understands <c>BTC/USDT</c>, <c>BTCUSDT</c>, <c>BTC-USDT</c>, <c>BINANCE:BTCUSDT</c> and <c>BTCUSDT.P</c>.
    /// </summary>
    public SymbolMatch Resolve(string text) => throw new NotSupportedException();
}

/// <summary>The market that a symbol names; or a refusal that lists near matches.</summary>
public sealed record SymbolMatch(Market? Market, OrderRefusal? Refusal);
