using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
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
    OrderPrices prices,
    MarketCatalog markets,
    SequentialIds ids,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<ExecutionOptions> options
)
{
    /// <param name="press">Id of the button press or of the request: the same one again places nothing new.</param>
    public async Task<OrderResult> PlaceAsync(Guid userId, Guid press, OrderInput input, CancellationToken cancellationToken)
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

        var market = (await markets.FindAsync(account.Exchange, cancellationToken))?.Resolve(input.Symbol!).Market;
        var last = market is null ? null : (await prices.LastAsync(account, market.Symbol, cancellationToken))?.Last;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await IdempotencyLock.TakeAsync(db, press, cancellationToken);
        var placedBefore = db.Orders.AsNoTracking().Where(o => o.OriginId == press && o.UserId == userId).OrderBy(o => o.Id);
        if (await placedBefore.FirstOrDefaultAsync(cancellationToken) is { } placed)
        {
            return new OrderResult.Done(placed);
        }

        var request = new OrderRequest
        {
            UserId = userId,
            AccountId = account.Id,
            Origin = OrderOrigin.Button,
            OriginId = press,
            Leg = "order",
            Symbol = market?.Symbol ?? input.Symbol!,
            Draft = market is null ? Draft(input) : DraftOf(input, market, last),
            ReferencePrice = last,
            ExpiresAt = time.GetUtcNow().UtcDateTime + options.Value.TimeToLive,
        };
        if (request.Draft.Quantity is null)
        {
            return new OrderResult.Refused(
                new OrderRefusal(
                    "price_unknown",
                    "cost",
                    null,
                    null,
                    [],
                    "There is no price now to turn the cost into a quantity; state the quantity, or try again."
                )
            );
        }

        var placement = await placer.PlaceAsync(db, request, account, cancellationToken);
        if (placement.Order is not { } order)
        {
            return new OrderResult.Refused(placement.Refusal!);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new ChangeEvent(userId, ChangeKind.Order, order.Id, order.AccountId));
        return new OrderResult.Done(order);
    }

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

    private static Task<ExchangeAccount?> AccountAsync(AppDb db, Guid userId, Guid id, CancellationToken cancellationToken) =>
        db
            .ExchangeAccounts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == id && a.UserId == userId && a.DeletedAt == null, cancellationToken);

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
                Quantity = market.QuantityIncrements.Down(amount / price),
            }
            : draft;
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
        };
}
