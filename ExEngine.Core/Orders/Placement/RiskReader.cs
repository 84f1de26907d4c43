using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders.Placement;

/// <summary>Reads trading state and limits, and the figures that they are held against, in the transaction that plans an order.</summary>
public sealed class RiskReader(TimeProvider time, IEnumerable<SignalCount> signalCounts)
{
    private readonly Func<AppDb, Guid, Guid, Guid?, IAsyncEnumerable<RiskSetting>> _settings = EF.CompileAsyncQuery(
        (AppDb db, Guid userId, Guid accountId, Guid? webhookId) =>
            db.RiskSettings.AsNoTracking().Where(r => r.ScopeId == userId || r.ScopeId == accountId || r.ScopeId == webhookId)
    );

    /// <summary>
    /// Why the order may not be planned; null when it may. Afterwards nobody changes the state before the transaction ends.
    /// </summary>
    public async Task<OrderRefusal?> RefusalAsync(AppDb db, OrderRequest request, CancellationToken cancellationToken)
    {
        var (market, draft) = (request.Order.Market, request.Order.Draft);
        var settings = await SettingsAsync(db, request.UserId, request.AccountId, request.WebhookId, cancellationToken);
        if (settings.Count == 0)
        {
            return null;
        }

        var price = OrderValidator.CostPrice(draft) ?? request.ReferencePrice;
        var order = new RiskOrder(
            market.Symbol,
            market.Quote,
            request.Effect == Effect.Reduce,
            price * draft.Quantity,
            draft.Side == OrderSide.Buy
        );
        var now = time.GetUtcNow().UtcDateTime;
        var need = RiskLimits.Needs(order, settings);
        if (need.HasFlag(RiskNeed.Price) && price is null)
        {
            return new OrderRefusal(
                RefusalCodes.PriceUnknown,
                "price",
                null,
                null,
                [],
                $"{market.Symbol} has no price now, and a limit on value is set; state a price, or try again."
            );
        }

        var figures = new Dictionary<Guid, RiskContext>();
        foreach (var setting in settings.Where(_ => need != RiskNeed.None))
        {
            figures[setting.ScopeId] = await FiguresAsync(db, setting, request, market, price ?? 0, need, now, cancellationToken);
        }

        return RiskLimits.Check(order, settings, s => figures.GetValueOrDefault(s.ScopeId) ?? new RiskContext(), now);
    }

    /// <summary>Why a planned order may not be sent now: the state alone, limits were checked when it was planned.</summary>
    public Task<OrderRefusal?> StateRefusalAsync(AppDb db, Order order, CancellationToken cancellationToken) =>
        StateRefusalAsync(db, order.UserId, order.AccountId, order.WebhookId, order.Effect, cancellationToken);

    /// <summary>
    /// Why nothing of this effect may be planned or sent now, by the state alone; null when it may. Afterwards nobody changes the state
    /// before the transaction ends: what is cancelled in it to make room is known to be replaced.
    /// </summary>
    public async Task<OrderRefusal?> StateRefusalAsync(
        AppDb db,
        Guid userId,
        Guid accountId,
        Guid? webhookId,
        Effect effect,
        CancellationToken cancellationToken
    )
    {
        var settings = await SettingsAsync(db, userId, accountId, webhookId, cancellationToken);
        return RiskLimits.CheckState(effect == Effect.Reduce, settings, time.GetUtcNow().UtcDateTime);
    }

    private async Task<List<RiskSetting>> SettingsAsync(
        AppDb db,
        Guid userId,
        Guid accountId,
        Guid? webhookId,
        CancellationToken cancellationToken
    ) =>
        await RiskLock.PlanAsync(db, userId, accountId, webhookId, cancellationToken)
            ? await _settings(db, userId, accountId, webhookId).ToListAsync(cancellationToken)
            : [];

    private async Task<RiskContext> FiguresAsync(
        AppDb db,
        RiskSetting setting,
        OrderRequest request,
        Market market,
        decimal price,
        RiskNeed need,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var orders = Scope(db.Orders.AsNoTracking(), setting)
            .Where(o => o.SettledAt == null && o.FinishedAt == null && o.Origin != OrderOrigin.Protection);
        return new RiskContext
        {
            OpenOrders = need.HasFlag(RiskNeed.OpenOrders) ? await orders.CountAsync(cancellationToken) : 0,
            PositionValue = need.HasFlag(RiskNeed.PositionValue)
                ? await ValueAsync(db, setting, request, orders, market, price, cancellationToken)
                : 0,
            RealizedToday = need.HasFlag(RiskNeed.RealizedToday)
                ? await RealizedAsync(db, setting, market.Quote, now.Date, cancellationToken)
                : 0,
            SignalsLastMinute = need.HasFlag(RiskNeed.Signals) ? await SignalsAsync(db, setting, request, now, cancellationToken) : 0,
        };
    }

    private static IQueryable<Order> Scope(IQueryable<Order> orders, RiskSetting setting) =>
        setting.Scope switch
        {
            RiskScope.User => orders.Where(o => o.UserId == setting.UserId),
            RiskScope.Account => orders.Where(o => o.AccountId == setting.ScopeId),
            _ => orders.Where(o => o.WebhookId == setting.ScopeId),
        };

    // Sums are made here: SQLite keeps exact decimals as text and would add them up as doubles.
    private static async Task<decimal> ValueAsync(
        AppDb db,
        RiskSetting setting,
        OrderRequest request,
        IQueryable<Order> orders,
        Market market,
        decimal price,
        CancellationToken cancellationToken
    )
    {
        var positions = setting.Scope switch
        {
            RiskScope.User => db.Positions.Where(p => p.UserId == setting.UserId),
            RiskScope.Account => db.Positions.Where(p => p.AccountId == setting.ScopeId),
            _ => db.Positions.Where(p => p.AccountId == request.AccountId && p.OwnerId == request.Owner.Id),
        };
        var held = await positions.Where(p => p.Symbol == market.Symbol).Select(p => p.Quantity).ToListAsync(cancellationToken);
        var buying = await orders
            .Where(o => o.Symbol == market.Symbol && o.Side == OrderSide.Buy)
            .Select(o => new { o.Quantity, o.FilledQuantity })
            .ToListAsync(cancellationToken);
        return (held.Sum() + buying.Sum(o => Math.Max(o.Quantity - o.FilledQuantity, 0))) * price;
    }

    /// <summary>In quote, over all symbols with that quote, since midnight.</summary>
    internal static async Task<decimal> RealizedAsync(
        AppDb db,
        RiskSetting setting,
        string quoteAsset,
        DateTime midnight,
        CancellationToken cancellationToken
    )
    {
        IQueryable<Fill> fills = db.Fills.AsNoTracking().Where(f => f.At >= midnight && f.UserId == setting.UserId);
        fills = setting.Scope switch
        {
            RiskScope.User => fills,
            RiskScope.Account => fills.Where(f => f.AccountId == setting.ScopeId),
            _ => fills.Where(f => f.OwnerId == setting.ScopeId || db.Orders.Any(o => o.Id == f.OrderId && o.WebhookId == setting.ScopeId)),
        };
        var quote = "/" + quoteAsset;
        return (await fills.Where(f => f.Symbol.EndsWith(quote)).Select(f => f.RealizedProfit).ToListAsync(cancellationToken)).Sum();
    }

    private async Task<int> SignalsAsync(
        AppDb db,
        RiskSetting setting,
        OrderRequest request,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        Guid? signalId = request.Origin == OrderOrigin.Signal ? request.OriginId : null;
        var sum = 0;
        foreach (var count in signalCounts)
        {
            sum += await count(db, setting, signalId, now, cancellationToken);
        }

        return sum;
    }
}
