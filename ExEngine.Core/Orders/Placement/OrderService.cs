using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Orders.Placement;

/// <summary>
/// Where people and scripts place and cancel orders, for pages and REST alike. It writes what is wanted; the lease holder
/// does it. Every method takes the user whose rows it may touch.
/// </summary>
public sealed class OrderService(
    IDbContextFactory<AppDb> databases,
    OrderPlacer placer,
    PriceFeed prices,
    MarketCatalog markets,
    ManualSells manualSells,
    RateSource rates,
    SequentialIds ids,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<ExecutionOptions> options
)
{
    /// <param name="press">Id of the button press or of the request: the same one again places nothing new.</param>
    public Task<OrderResult> PlaceAsync(Guid userId, Guid press, OrderInput input, CancellationToken cancellationToken) =>
        PlaceAsync(userId, press, input, null, cancellationToken);

    /// <param name="press">As above.</param>
    /// <param name="companion">Null for an order alone.</param>
    internal async Task<OrderResult> PlaceAsync(
        Guid userId,
        Guid press,
        OrderInput input,
        OrderCompanion? companion,
        CancellationToken cancellationToken
    )
    {
        var checkedInput = await new OrderInputValidator().ValidateAsync(input, cancellationToken);
        if (!checkedInput.IsValid)
        {
            return new OrderResult.Invalid(checkedInput.ToDictionary());
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await AccountAsync(db, userId, input.AccountId!.Value, cancellationToken) is not { } account)
        {
            return new OrderResult.NotFound();
        }

        var match = (await markets.FindAsync(account.Exchange, cancellationToken))?.Resolve(input.Symbol!);
        var last = match?.Market is { } known ? (await prices.GetAsync(account.Exchange, known.Symbol, cancellationToken))?.Last : null;
        var (validated, refusal) = Validated(input, match, account.Exchange, last);
        if (validated is { Draft: { Side: OrderSide.Sell, ReduceOnly: false } } sell)
        {
            refusal = await manualSells.RefusalAsync(db, account, sell.Market, sell.Draft.Quantity!.Value, null, cancellationToken);
        }

        refusal ??= validated is null ? null : companion?.Check(validated, last);
        var wanted = new Wanted(userId, press, account.Id, validated, refusal, last, companion);
        var (result, verdict) = await TryPlaceAsync(db, wanted, cancellationToken);
        if (verdict?.Missing is { MayBeFetched: true } missing)
        {
            await rates.FetchAsync(missing, verdict.Currency, cancellationToken);
            (result, _) = await TryPlaceAsync(db, wanted, cancellationToken);
        }

        return result;
    }

    private async Task<(OrderResult Result, RiskVerdict? Verdict)> TryPlaceAsync(
        AppDb db,
        Wanted wanted,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AdvisoryLock.TakeAsync(db, AdvisoryLock.IdempotencyKey, wanted.Press, cancellationToken);
        var placedBefore = db.Orders.AsNoTracking().Where(o => o.OriginId == wanted.Press && o.UserId == wanted.UserId).OrderBy(o => o.Id);
        if (await placedBefore.FirstOrDefaultAsync(cancellationToken) is { } placed)
        {
            return (new OrderResult.Done(placed), null);
        }

        if ((wanted.Refusal ?? await HeldRefusalAsync(db, wanted, cancellationToken)) is { } refusal)
        {
            return (new OrderResult.Refused(refusal), null);
        }

        var placement = await placer.PlaceAsync(db, Request(wanted), cancellationToken);
        if (placement.Order is { } planned && wanted.Companion is { } companion)
        {
            await companion.WriteAsync(db, planned, wanted.Order!.Market, cancellationToken);
        }

        if (placement.Order is not null || placement.Verdict.ReducedScopes.Count > 0)
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        foreach (var scope in placement.Verdict.ReducedScopes)
        {
            feed.Publish(new ChangeEvent(wanted.UserId, ChangeKind.Risk, scope));
        }

        if (placement.Order is not { } order)
        {
            return (new OrderResult.Refused(placement.Refusal!), placement.Verdict);
        }

        feed.Publish(new ChangeEvent(wanted.UserId, ChangeKind.Order, order.Id, order.AccountId));
        return (new OrderResult.Done(order), placement.Verdict);
    }

    private OrderRequest Request(Wanted wanted) =>
        new()
        {
            UserId = wanted.UserId,
            AccountId = wanted.AccountId,
            Owner = PositionOwner.Manual,
            Origin = OrderOrigin.Button,
            OriginId = wanted.Press,
            Leg = wanted.Companion?.Leg ?? "order",
            Effect = EffectOf(wanted.Order!),
            Order = wanted.Order!,
            ReferencePrice = wanted.Last,
            ExpiresAt = time.GetUtcNow().UtcDateTime + options.Value.TimeToLive,
        };

    /// <summary>Asks for a cancel; an order that has ended already is answered as it is.</summary>
    public async Task<OrderResult> CancelAsync(Guid userId, Guid orderId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        await db.Orders.Where(o => o.Id == orderId && o.UserId == userId && o.FinishedAt == null).AskToCancelAsync(now, cancellationToken);
        if (
            await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == orderId && o.UserId == userId, cancellationToken)
            is not { } order
        )
        {
            return new OrderResult.NotFound();
        }

        feed.Publish(new ChangeEvent(userId, ChangeKind.Order, order.Id, order.AccountId));
        return new OrderResult.Done(order);
    }

    /// <summary>Asks for a cancel of everything that is open: of the user, or of one account.</summary>
    /// <returns>How many orders.</returns>
    public async Task<int> CancelAllAsync(Guid userId, Guid? accountId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var count = await db
            .Orders.Where(o => o.UserId == userId && (accountId == null || o.AccountId == accountId) && o.FinishedAt == null)
            .AskToCancelAsync(now, cancellationToken);
        feed.Publish(new ChangeEvent(userId, ChangeKind.Order, Guid.Empty));
        return count;
    }

    /// <summary>A fresh press id, for callers that have none of their own.</summary>
    public Guid NewKey() => ids.Next();

    // On spot nothing is borrowed: what a person sells is there, and was just proven to be nobody else's. It opens nothing.
    private static Effect EffectOf(ValidatedOrder order) =>
        order.Draft.ReduceOnly || (order.Draft.Side == OrderSide.Sell && SpotRule.Refusal(order.Market) is null)
            ? Effect.Reduce
            : Effect.Open;

    private static Task<ExchangeAccount?> AccountAsync(AppDb db, Guid userId, Guid id, CancellationToken cancellationToken) =>
        db
            .ExchangeAccounts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == id && a.UserId == userId && a.DeletedAt == null, cancellationToken);

    // Reduce-only sells no more than the person's own position holds.
    private static async Task<OrderRefusal?> HeldRefusalAsync(AppDb db, Wanted wanted, CancellationToken cancellationToken)
    {
        if (wanted.Order is not { Draft: { ReduceOnly: true, Quantity: { } asked }, Market: var market })
        {
            return null;
        }

        var held = await ReducibleAsync(db, wanted.AccountId, PositionOwner.Manual, market.Symbol, null, cancellationToken);
        return asked > held ? OrderServiceRefusals.NotHeld(market, asked, market.QuantityIncrements.Down(held)) : null;
    }

    // In base: what the owner's position holds and no other order may still sell. The stop that rests for them makes room, and the order
    // that is to be replaced does.
    internal static async Task<decimal> ReducibleAsync(
        AppDb db,
        Guid accountId,
        PositionOwner owner,
        string symbol,
        Guid? replaces,
        CancellationToken cancellationToken
    )
    {
        var held = await db
            .Positions.Where(p => p.AccountId == accountId && p.Symbol == symbol && p.OwnerId == owner.Id)
            .Select(p => p.Quantity)
            .ToListAsync(cancellationToken);
        var sells = await db
            .Orders.AsNoTracking()
            .Where(o => o.AccountId == accountId && o.SettledAt == null && o.OwnerId == owner.Id)
            .Where(o => o.Symbol == symbol && o.Side == OrderSide.Sell)
            .ToListAsync(cancellationToken);
        return Math.Max(
            held.Sum() - sells.Sum(o => o.Uncounted()) - sells.Where(o => o.Origin != OrderOrigin.Protection && o.Id != replaces).Locked(),
            0
        );
    }

    /// <summary>
    /// What is asked, with a cost alone turned into a quantity: at the order's own price, or at the last one for a market order.
    /// </summary>
    /// <param name="last">Quote per base; null when no price is known, and then a cost alone stays without quantity.</param>
    public static OrderDraft DraftOf(OrderInput input, Market market, decimal? last)
    {
        var draft = Draft(input);
        return draft.Quantity is null && input.Cost is { } amount && (OrderValidator.CostPrice(draft) ?? last) is > 0 and { } price
            ? draft with
            {
                Quantity = ExactCost.QuantityWithin(amount, price, market.QuantityIncrements),
            }
            : draft;
    }

    private static (ValidatedOrder? Order, OrderRefusal? Refusal) Validated(
        OrderInput input,
        SymbolMatch? match,
        string exchange,
        decimal? last
    )
    {
        if (match is null)
        {
            return (null, OrderServiceRefusals.RulesUnknown(exchange));
        }

        if (match.Market is not { } market)
        {
            return (null, match.Refusal);
        }

        var draft = DraftOf(input, market, last);
        if (draft.Quantity is null)
        {
            return (null, OrderServiceRefusals.PriceUnknown);
        }

        if (draft.PostOnly && !ExchangeInfo.TakesPostOnly(exchange))
        {
            return (null, OrderServiceRefusals.NoPostOnly(exchange));
        }

        var verdict = OrderValidator.Check(draft, market, last);
        return (verdict.Order, verdict.Refusal);
    }

    private static OrderDraft Draft(OrderInput input) =>
        new()
        {
            Side = input.Side!.Value,
            Type = input.Type!.Value,
            Price = input.Price,
            StopPrice = input.StopPrice,
            Quantity = input.Quantity,
            Cost = input.Quantity is null ? null : input.Cost,
            TimeInForce = input.TimeInForce,
            ReduceOnly = input.ReduceOnly ?? false,
            PostOnly = input.PostOnly ?? false,
        };

    /// <param name="Order">Null only with a refusal.</param>
    /// <param name="Last">Quote per base, when it was asked for.</param>
    private sealed record Wanted(
        Guid UserId,
        Guid Press,
        Guid AccountId,
        ValidatedOrder? Order,
        OrderRefusal? Refusal,
        decimal? Last,
        OrderCompanion? Companion
    );
}
