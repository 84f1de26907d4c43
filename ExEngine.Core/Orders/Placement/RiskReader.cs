using ExEngine.Core.Data;
using ExEngine.Core.Markets;
using ExEngine.Core.Preferences;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders.Placement;

/// <summary>
/// Reads trading state and limits, and the figures that they are held against, in the transaction that plans an order. It goes by the
/// prices that are in memory, and says which are missing: no exchange is asked while a transaction waits.
/// </summary>
public sealed class RiskReader(TimeProvider time, RateSource rates, DayBorders borders, IEnumerable<SignalCount> signalCounts)
{
    private readonly Func<AppDb, Guid, Guid, Guid?, IAsyncEnumerable<RiskSetting>> _settings = EF.CompileAsyncQuery(
        (AppDb db, Guid userId, Guid accountId, Guid? webhookId) =>
            db.RiskSettings.AsNoTracking().Where(r => r.ScopeId == userId || r.ScopeId == accountId || r.ScopeId == webhookId)
    );

    /// <summary>
    /// Whether the order may be planned. Afterwards nobody changes the state before the transaction ends. A drawdown that is found to be
    /// reached is written into the transaction, which the caller then commits although the order is refused.
    /// </summary>
    public async Task<RiskVerdict> JudgeAsync(AppDb db, OrderRequest request, CancellationToken cancellationToken)
    {
        var settings = await SettingsAsync(db, request.UserId, request.AccountId, request.WebhookId, cancellationToken);
        if (settings.Count == 0)
        {
            return RiskVerdict.Passed;
        }

        var now = time.GetUtcNow().UtcDateTime;
        if (RiskLimits.CheckState(request.Effect == Effect.Reduce, settings, now) is { } halt)
        {
            return RiskVerdict.Refused(halt);
        }

        var (market, draft) = (request.Order.Market, request.Order.Draft);
        var currency = RiskSetting.CurrencyOf(settings);
        var order = new RiskOrder(market.Symbol, currency, request.Effect == Effect.Reduce, null, draft.Side == OrderSide.Buy);
        var need = RiskLimits.Needs(order, settings);
        if (need == RiskNeed.None)
        {
            return RiskVerdict.Passed;
        }

        var price = OrderValidator.CostPrice(draft) ?? request.ReferencePrice;
        if (need.HasFlag(RiskNeed.Price) && price is null)
        {
            return RiskVerdict.Refused(PriceUnknown(market));
        }

        var book = rates.Fresh(currency);
        if (need.HasFlag(RiskNeed.Price))
        {
            var rate = book.RateOf(market.Exchange, market.Quote);
            order = order with { Value = price * draft.Quantity * rate?.Value, Rate = rate };
        }

        var figures = new Dictionary<Guid, RiskContext>();
        foreach (var setting in settings)
        {
            var own = RiskLimits.Needs(order, [setting]);
            figures[setting.ScopeId] = await FiguresAsync(db, setting, request, price ?? 0, own, book, now, cancellationToken);
        }

        if (book.Missing is { } missing)
        {
            return new RiskVerdict(RiskRefusals.RateUnknown(missing, currency), missing, currency, []);
        }

        return new RiskVerdict(
            RiskLimits.Check(order, settings, s => figures[s.ScopeId], now),
            null,
            currency,
            await ReduceAsync(db, settings, figures, now, cancellationToken)
        );
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

    private static OrderRefusal PriceUnknown(Market market) =>
        new(
            RefusalCodes.PriceUnknown,
            "price",
            null,
            null,
            [],
            $"{market.Symbol} has no price now, and a limit on value is set; state a price, or try again."
        );

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

    // Reached at the moment of an order, it holds afterwards too, as if the watch had seen it.
    private static async Task<IReadOnlyList<Guid>> ReduceAsync(
        AppDb db,
        List<RiskSetting> settings,
        Dictionary<Guid, RiskContext> figures,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        List<Guid> reached =
        [
            .. settings
                .Where(s => s.DrawdownReachedAt is null && RiskLimits.IsDrawdownReached(s, figures[s.ScopeId].TotalProfit))
                .Select(s => s.ScopeId),
        ];
        if (reached.Count > 0)
        {
            await db
                .RiskSettings.Where(r => reached.Contains(r.ScopeId) && r.DrawdownReachedAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.DrawdownReachedAt, now), cancellationToken);
        }

        return reached;
    }

    private async Task<RiskContext> FiguresAsync(
        AppDb db,
        RiskSetting setting,
        OrderRequest request,
        decimal price,
        RiskNeed need,
        RateBook book,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var (owner, market) = (request.Owner.Id, request.Order.Market);
        var ofPositions = need & (RiskNeed.Exposure | RiskNeed.Unrealized | RiskNeed.TotalProfit);
        var positions =
            ofPositions == RiskNeed.None
                ? []
                : await RiskRows.PositionsAsync(db, setting, owner, !need.HasFlag(RiskNeed.TotalProfit), cancellationToken);
        return new RiskContext
        {
            OpenOrders = need.HasFlag(RiskNeed.OpenOrders)
                ? await RiskRows.OpenOrders(db, setting).CountAsync(o => o.Id != request.ReplacesId, cancellationToken)
                : 0,
            PositionValue = need.HasFlag(RiskNeed.PositionValue)
                ? await PositionValueAsync(db, setting, request, price, book, cancellationToken)
                : 0,
            Exposure = need.HasFlag(RiskNeed.Exposure)
                ? RiskValuation.Exposure(
                    positions,
                    await RiskRows.BuysAsync(db, setting, owner, null, request.ReplacesId, cancellationToken),
                    book
                ) ?? 0
                : 0,
            Unrealized = need.HasFlag(RiskNeed.Unrealized) ? RiskValuation.Unrealized(positions, book) ?? 0 : 0,
            TotalProfit = need.HasFlag(RiskNeed.TotalProfit) ? RiskValuation.TotalProfit(positions, book) ?? 0 : 0,
            RealizedToday = need.HasFlag(RiskNeed.RealizedToday) ? await RealizedAsync(db, setting, book, now, cancellationToken) : 0,
            SignalsLastMinute = need.HasFlag(RiskNeed.Signals) ? await SignalsAsync(db, setting, request, now, cancellationToken) : 0,
            Rates = book.Used,
        };
    }

    private async Task<decimal> RealizedAsync(
        AppDb db,
        RiskSetting setting,
        RateBook book,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var day = await borders.DayAsync(db, setting.UserId, now, cancellationToken);
        return RiskValuation.Realized(await RiskRows.RealizedAsync(db, setting, day.Begin, cancellationToken), book) ?? 0;
    }

    private static async Task<decimal> PositionValueAsync(
        AppDb db,
        RiskSetting setting,
        OrderRequest request,
        decimal price,
        RateBook book,
        CancellationToken cancellationToken
    )
    {
        var (ownerId, market) = (request.Owner.Id, request.Order.Market);
        var held = await RiskRows.HeldAsync(db, setting, ownerId, market.Symbol, cancellationToken);
        var buys = await RiskRows.BuysAsync(db, setting, ownerId, market.Symbol, request.ReplacesId, cancellationToken);
        return book.Convert(market.Exchange, market.Quote, (held + buys.Sum(b => b.Quantity)) * price) ?? 0;
    }

    private async Task<int> SignalsAsync(
        AppDb db,
        RiskSetting setting,
        OrderRequest request,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        if (request.ReplacesId is not null)
        {
            return 0; // a person's change is no signal, whatever the order came from
        }

        Guid? signalId = request.Origin == OrderOrigin.Signal ? request.OriginId : null;
        var sum = 0;
        foreach (var count in signalCounts)
        {
            sum += await count(db, setting, signalId, now, cancellationToken);
        }

        return sum;
    }
}
