using ExEngine.Core.Data;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Planning;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Planning;

/// <summary>
/// Gathers what a plan looks at: what is at hand at once, and what must be asked of the exchange only when the plan needs it.
/// </summary>
internal sealed class PlanContextLoader(IDbContextFactory<AppDb> databases, MarketCatalog markets, OrderPrices prices, TimeProvider time)
{
    /// <summary>Null while the market's rules are not at hand: to be tried again.</summary>
    public async Task<PlanContext?> OfAsync(
        AccountSession session,
        AccountState state,
        PlanSubject target,
        CancellationToken cancellationToken
    )
    {
        if (
            await markets.FindAsync(session.Account.Exchange, cancellationToken) is not { } book
            || book.Resolve(target.Symbol).Market is not { } market
        )
        {
            return null;
        }

        return new PlanContext
        {
            SignalId = target.OriginId,
            Draft = target.Draft,
            Rounding = target.Rounding,
            Market = market,
            Position = state.Positions.FirstOrDefault(p => p.Symbol == market.Symbol),
            OpenOrders = [.. state.Orders.Where(o => o.Symbol == market.Symbol)],
            OwnOrders = target.HasOrders ? await OrdersAsync(target.OriginId, cancellationToken) : [],
            Price = prices.AtHand(session.Account, market.Symbol),
            Now = time.GetUtcNow().UtcDateTime,
        };
    }

    /// <summary>Null when the exchange does not answer now: to be tried again.</summary>
    public async Task<PlanContext?> AddAsync(
        AccountSession session,
        PlanContext context,
        PlanNeed need,
        CancellationToken cancellationToken
    )
    {
        if (need.HasFlag(PlanNeed.Price) && context.Price is null)
        {
            context = context with { Price = await prices.LastAsync(session.Account, context.Market.Symbol, cancellationToken) };
            if (context.Price is null)
            {
                return null;
            }
        }

        if ((need & (PlanNeed.Balances | PlanNeed.Equity)) == 0)
        {
            return context;
        }

        if ((await session.Exchange.BalancesAsync(cancellationToken)).Value is not { } balances)
        {
            return null;
        }

        return context with
        {
            Balances = balances,
            Equity = need.HasFlag(PlanNeed.Equity)
                ? await EquityAsync(session, context.Market, balances, cancellationToken)
                : context.Equity,
        };
    }

    private async Task<decimal> EquityAsync(
        AccountSession session,
        Market market,
        IReadOnlyList<AssetBalance> balances,
        CancellationToken cancellationToken
    )
    {
        var book = await markets.FindAsync(session.Account.Exchange, cancellationToken);
        // An asset that has no market against this quote counts for nothing: sizes come out smaller, never larger.
        var pairs = balances
            .Where(b => b.Asset != market.Quote)
            .Select(b => (b.Total, book?.Resolve($"{b.Asset}/{market.Quote}").Market?.Symbol))
            .Where(p => p.Symbol is not null)
            .ToList();
        var last = await prices.LastAsync(session.Account, [.. pairs.Select(p => p.Symbol!)], cancellationToken);
        return balances.Where(b => b.Asset == market.Quote).Sum(b => b.Total)
            + pairs.Sum(p => last.TryGetValue(p.Symbol!, out var price) ? p.Total * price.Last : 0);
    }

    private async Task<IReadOnlyList<Order>> OrdersAsync(Guid originId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Orders.AsNoTracking().Where(o => o.OriginId == originId).OrderBy(o => o.Id).ToListAsync(cancellationToken);
    }
}
