using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Orders.Placement;

/// <summary>The last price for planning an order: from the feed when it is fresh, else from the exchange.</summary>
public sealed class OrderPrices(PriceFeed feed, TimeProvider time)
{
    /// <summary>
    /// The last price that is in memory and not stale, dated by when it was heard; null when there is none, without asking anybody.
    /// </summary>
    public Ticker? AtHand(ExchangeAccount account, string symbol) =>
        feed.IsStale(account.Exchange, symbol) ? null
        : feed.Last(account.Exchange, symbol) is { } last
            ? last with
            {
                At = time.GetUtcNow().UtcDateTime - (feed.AgeOf(account.Exchange, symbol) ?? TimeSpan.Zero),
            }
        : null;

    /// <summary>Null when there is none in good time; then only what needs no price can be planned.</summary>
    public ValueTask<Ticker?> LastAsync(ExchangeAccount account, string symbol, CancellationToken cancellationToken) =>
        feed.GetAsync(account.Exchange, symbol, cancellationToken);

    /// <summary>Those of several symbols, asked for together; a symbol that has none in good time is left out.</summary>
    public Task<IReadOnlyDictionary<string, Ticker>> LastAsync(
        ExchangeAccount account,
        IReadOnlyCollection<string> symbols,
        CancellationToken cancellationToken
    ) => feed.GetAsync(account.Exchange, symbols, cancellationToken);
}
