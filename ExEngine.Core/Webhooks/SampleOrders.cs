using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Webhooks;

/// <summary>Finds an order that the rules and the price of a webhook's exchange let pass, for examples and test alerts.</summary>
public sealed class SampleOrders(IDbContextFactory<AppDb> databases, MarketCatalog markets, PriceFeed prices, TimeProvider time)
{
    // An example is not worth waiting for an exchange that is away.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// On the webhook's default symbol, else on BTC/USDT, else on another market; <see cref="SampleOrder.Usual"/> when no rules or no
    /// price are at hand.
    /// </summary>
    public async Task<SampleOrder> ForAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var exchange = await db
            .ExchangeAccounts.Where(a => a.Id == webhook.AccountId)
            .Select(a => a.Exchange)
            .SingleOrDefaultAsync(cancellationToken);
        if (exchange is null || await markets.FindAsync(exchange, cancellationToken) is not { } marketSet)
        {
            return SampleOrder.Usual;
        }

        using var late = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            foreach (var market in Candidates(marketSet, webhook.DefaultSymbol))
            {
                var price = prices.AtHand(exchange, market.Symbol) ?? await prices.GetAsync(exchange, market.Symbol, either.Token);
                if (price is { } now && SampleOrder.For(market, now.Ask ?? now.Last) is { } sample)
                {
                    return sample;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody told a price in time.
        }

        return SampleOrder.Usual;
    }

    private static IEnumerable<Market> Candidates(MarketSet marketSet, string? symbol) =>
        new[]
        {
            marketSet.Resolve(symbol ?? SampleOrder.Usual.Symbol).Market,
            marketSet.Resolve(SampleOrder.Usual.Symbol).Market,
            marketSet
                .Markets.Where(m => m.Active && SpotRule.Refusal(m) is null)
                .OrderByDescending(m => m.Base == "BTC")
                .ThenByDescending(m => DollarCoins.Contains(m.Quote))
                .FirstOrDefault(),
        }
            .OfType<Market>()
            .DistinctBy(m => m.Symbol);
}
