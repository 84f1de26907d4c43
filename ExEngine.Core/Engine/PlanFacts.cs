using ExEngine.Core.Data;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine;

/// <summary>Gathers what a plan looks at: what is at hand at once, and what must be asked of the exchange only when the plan needs it.</summary>
internal sealed class PlanFacts(IDbContextFactory<AppDb> databases, MarketCatalog markets, OrderPrices prices, TimeProvider time)
{
    /// <summary>Null while the market's rules are not at hand: to be tried again.</summary>
    public async Task<PlanContext?> OfAsync(OwnedAccount owned, AccountView view, PlanTarget target, CancellationToken cancellationToken)
    {
        if (await markets.FindAsync(owned.Account.Exchange, cancellationToken) is not { } book
            || book.Resolve(target.Symbol).Market is not { } market)
        {
            return null;
        }

        return new PlanContext
        {
            SignalId = target.OriginId,
            Draft = target.Draft,
            Rules = target.Rules,
            Market = market,
            Position = view.Positions.FirstOrDefault(p => p.Symbol == market.Symbol),
            OpenOrders = [.. view.Orders.Where(o => o.Symbol == market.Symbol)],
            OwnOrders = target.HasOrders ? await OrdersAsync(target.OriginId, cancellationToken) : [],
            Price = prices.AtHand(owned.Account, market.Symbol),
            Now = time.GetUtcNow().UtcDateTime,
        };
    }

    /// <summary>Null when the exchange does not answer now: to be tried again.</summary>
    public async Task<PlanContext?> AddAsync(OwnedAccount owned, PlanContext context, PlanNeed need, CancellationToken cancellationToken)
    {
        if (need.HasFlag(PlanNeed.Price) && context.Price is null)
        {
            context = context with { Price = await prices.LastAsync(owned.Account, context.Market.Symbol, cancellationToken) };
            if (context.Price is null)
            {
                return null;
            }
        }

        if ((need & (PlanNeed.Balances | PlanNeed.Equity)) == 0)
        {
            return context;
        }

        if ((await owned.Exchange.BalancesAsync(cancellationToken)).Value is not { } balances)
        {
            return null;
        }

        return context with
        {
            Balances = balances,
            Equity = need.HasFlag(PlanNeed.Equity) ? await EquityAsync(owned, context.Market, balances, cancellationToken) : context.Equity,
        };
    }

    private async Task<decimal> EquityAsync(
        OwnedAccount owned, Market market, IReadOnlyList<AssetBalance> balances, CancellationToken cancellationToken)
    {
        var book = await markets.FindAsync(owned.Account.Exchange, cancellationToken);
        var worth = 0m;
        foreach (var balance in balances)
        {
            worth += balance.Asset == market.Quote ? balance.Total
                : book?.Resolve($"{balance.Asset}/{market.Quote}").Market is { } pair
                    && await prices.LastAsync(owned.Account, pair.Symbol, cancellationToken) is { } price ? balance.Total * price.Last
                : 0; // An asset that has no market against this quote counts for nothing: sizes come out smaller, never larger.
        }

        return worth;
    }

    private async Task<IReadOnlyList<Order>> OrdersAsync(Guid originId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Orders.AsNoTracking().Where(o => o.OriginId == originId).OrderBy(o => o.Id).ToListAsync(cancellationToken);
    }
}
