using ExEngine.Core.Data;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Planning;
using ExEngine.Core.Positions;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Planning;

/// <summary>
/// Gathers what a plan looks at: what is at hand at once, and what must be asked of the exchange only when the plan needs it.
/// </summary>
internal sealed class PlanContextLoader(IDbContextFactory<AppDb> databases, PriceFeed prices, TimeProvider time)
{
    /// <summary>Null while the market's rules are not at hand: to be tried again.</summary>
    public async Task<PlanContext?> OfAsync(
        AccountSession session,
        AccountState state,
        PlanSubject target,
        CancellationToken cancellationToken
    )
    {
        if (await session.MarketAsync(target.Symbol, cancellationToken) is not { } market)
        {
            return null;
        }

        var owner = target.Owner.Id;
        var positions = state.Positions.Where(p => p.Symbol == market.Symbol).ToLookup(p => p.OwnerId == owner);
        var mine = positions[true].FirstOrDefault();

        // Only an exit of nothing names who else holds some.
        var others = target.IsExit && mine is not { Quantity: > 0 } ? positions[false].Where(p => p.Quantity > 0) : [];
        return new PlanContext
        {
            SignalId = target.OriginId,
            Draft = target.Draft,
            Rounding = target.Rounding,
            MaxSlippage = target.MaxSlippage,
            Market = market,
            Position = mine,
            HeldByOthers = await OthersAsync([.. others], cancellationToken),
            OpenOrders = [.. state.Orders.Where(o => o.Symbol == market.Symbol && o.OwnerId == owner)],
            OwnOrders = target.HasOrders ? await OrdersAsync(target.OriginId, cancellationToken) : [],
            Price = prices.Fresh(session.Account.Exchange, market.Symbol),
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
            await prices.GetAsync(session.Account.Exchange, context.Market.Symbol, cancellationToken);
            context = context with { Price = prices.Fresh(session.Account.Exchange, context.Market.Symbol) };
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

    private async Task<IReadOnlyList<HeldByOther>> OthersAsync(IReadOnlyList<Position> others, CancellationToken cancellationToken)
    {
        if (others.Count == 0)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ids = others.Select(p => p.OwnerId).ToList();
        var names = await db
            .Webhooks.Where(w => ids.Contains(w.Id))
            .Select(w => new { w.Id, w.Name })
            .Concat(db.Bots.Where(b => ids.Contains(b.Id)).Select(b => new { b.Id, b.Name }))
            .ToDictionaryAsync(o => o.Id, o => o.Name, cancellationToken);
        return [.. others.Select(p => new HeldByOther(PositionOwner.Of(p).Shown(names.GetValueOrDefault(p.OwnerId)), p.Quantity))];
    }

    internal async Task<decimal> EquityAsync(
        AccountSession session,
        Market market,
        IReadOnlyList<AssetBalance> balances,
        CancellationToken cancellationToken
    )
    {
        var markets = await session.MarketsAsync(cancellationToken);
        // An asset that has no market against this quote counts for nothing: sizes come out smaller, never larger.
        var pairs = balances
            .Where(b => b.Asset != market.Quote)
            .Select(b => (b.Total, markets?.Resolve($"{b.Asset}/{market.Quote}").Market?.Symbol))
            .Where(p => p.Symbol is not null)
            .ToList();
        var last = await prices.GetAsync(session.Account.Exchange, [.. pairs.Select(p => p.Symbol!)], cancellationToken);
        return balances.Where(b => b.Asset == market.Quote).Sum(b => b.Total)
            + pairs.Sum(p => last.TryGetValue(p.Symbol!, out var price) ? p.Total * price.Last : 0);
    }

    private async Task<IReadOnlyList<Order>> OrdersAsync(Guid originId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Orders.AsNoTracking().Where(o => o.OriginId == originId).OrderBy(o => o.Id).ToListAsync(cancellationToken);
    }
}
