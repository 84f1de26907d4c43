using ExEngine.Core.Data;
using ExEngine.Core.Exchanges.MarketData;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Webhooks;

/// <summary>Finds an order that the rules of a webhook's exchange let pass, for examples and test alerts.</summary>
public sealed class SampleOrders(IDbContextFactory<AppDb> databases, MarketCatalog markets)
{
    /// <summary>
    /// On the webhook's default symbol, else on BTC/USDT, else on any market; <see cref="SampleOrder.Usual"/> when no rules are at hand.
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

        var wanted = marketSet.Resolve(webhook.DefaultSymbol ?? SampleOrder.Usual.Symbol).Market;
        return marketSet
                .Markets.Where(m => m.Active)
                .Prepend(wanted)
                .OfType<Markets.Market>()
                .Select(SampleOrder.For)
                .FirstOrDefault(o => o is not null)
            ?? SampleOrder.Usual;
    }
}
