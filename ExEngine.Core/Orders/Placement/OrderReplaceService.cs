using ExEngine.Core.Data;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Orders.Placement;

/// <summary>
/// Where people and scripts change the price or the quantity of an open limit order. It checks what would follow, and writes what is
/// wanted: the lease holder cancels the order and, once that is proven, places what it did not execute (<see cref="OrderReplacer"/>).
/// A change that is refused leaves the order as it is. No exchange's own amend is used: none is proven through the gateway.
/// </summary>
public sealed class OrderReplaceService(
    IDbContextFactory<AppDb> databases,
    RiskReader risks,
    RateSource rates,
    PriceFeed prices,
    MarketCatalog markets,
    ManualSells manualSells,
    ExchangeFactory exchanges,
    ChangeFeed feed,
    TimeProvider time
)
{
    /// <param name="press">Id of the button press or of the request: the same one again changes nothing more.</param>
    public async Task<OrderResult> ReplaceAsync(
        Guid userId,
        Guid press,
        Guid orderId,
        ReplaceInput input,
        CancellationToken cancellationToken
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, userId, orderId, cancellationToken) is not { } order)
        {
            return new OrderResult.NotFound();
        }

        var checkedInput = await new ReplaceInputValidator().ValidateAsync(input, cancellationToken);
        if (!checkedInput.IsValid)
        {
            return new OrderResult.Invalid(checkedInput.ToDictionary());
        }

        if (order.ReplacePress == press)
        {
            return new OrderResult.Done(order);
        }

        if (
            !OrderReplacer.MayReplace(
                order.Type,
                order.Origin,
                order.Effect,
                order.Status,
                order.CancelRequestedAt is not null,
                order.IsBeingReplaced
            )
        )
        {
            return new OrderResult.Refused(OrderServiceRefusals.NotOpen(order));
        }

        var wanted = new Wanted(press, input.Quantity ?? order.Quantity, input.Price ?? order.Price!.Value);
        if (wanted.Quantity == order.Quantity && wanted.Price == order.Price && !order.IsBeingReplaced)
        {
            return new OrderResult.Done(order);
        }

        var account = await db.ExchangeAccounts.AsNoTracking().SingleAsync(a => a.Id == order.AccountId, cancellationToken);
        var match = (await markets.FindAsync(account.Exchange, cancellationToken))?.Resolve(order.Symbol);
        if (match?.Market is not { } market)
        {
            return new OrderResult.Refused(match?.Refusal ?? OrderServiceRefusals.RulesUnknown(account.Exchange));
        }

        var last = (await prices.GetAsync(account.Exchange, order.Symbol, cancellationToken))?.Last;
        var (rest, refusal) =
            wanted.Quantity <= order.FilledQuantity
                ? (null, OrderServiceRefusals.Executed(order, wanted.Quantity, market.Base))
                : OrderReplacer.Rest(order, wanted.Quantity - order.FilledQuantity, wanted.Price, market, last);
        refusal ??= await CoverRefusalAsync(db, account, order, rest!, cancellationToken);
        if (refusal is not null)
        {
            return new OrderResult.Refused(refusal);
        }

        var request = OrderReplacer.Request(order, rest!, last, time.GetUtcNow().UtcDateTime);
        var (result, verdict) = await TryWriteAsync(db, order, wanted, request, cancellationToken);
        if (verdict.Missing is { MayBeFetched: true } missing)
        {
            await rates.FetchAsync(missing, verdict.Currency, cancellationToken);
            (result, _) = await TryWriteAsync(db, order, wanted, request, cancellationToken);
        }

        return result;
    }

    // The row changes only while it is as it was read: whoever ended or cancelled it meanwhile was first.
    private async Task<(OrderResult Result, RiskVerdict Verdict)> TryWriteAsync(
        AppDb db,
        Order order,
        Wanted wanted,
        OrderRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var verdict = await risks.JudgeAsync(db, request, cancellationToken);
        if (verdict.Refusal is { } refusal)
        {
            if (verdict.ReducedScopes.Count > 0)
            {
                await transaction.CommitAsync(cancellationToken);
            }

            foreach (var scope in verdict.ReducedScopes)
            {
                feed.Publish(new ChangeEvent(order.UserId, ChangeKind.Risk, scope));
            }

            return (new OrderResult.Refused(refusal), verdict);
        }

        var now = time.GetUtcNow().UtcDateTime;
        var written = await db
            .Orders.Where(o => o.Id == order.Id && o.FinishedAt == null && (o.CancelRequestedAt == null || o.ReplaceQuantity != null))
            .Where(o => o.Status != OrderStatus.Submitting && o.Status != OrderStatus.Unknown)
            .ExecuteUpdateAsync(
                s =>
                    s.SetProperty(o => o.ReplacePress, wanted.Press)
                        .SetProperty(o => o.ReplaceQuantity, wanted.Quantity)
                        .SetProperty(o => o.ReplacePrice, wanted.Price)
                        .SetProperty(o => o.CancelRequestedAt, o => o.CancelRequestedAt ?? now)
                        .SetProperty(o => o.UpdatedAt, now),
                cancellationToken
            );
        await transaction.CommitAsync(cancellationToken);
        var after = (await FindAsync(db, order.UserId, order.Id, cancellationToken))!;
        if (written == 0)
        {
            return (new OrderResult.Refused(OrderServiceRefusals.NotOpen(after)), verdict);
        }

        feed.Publish(new ChangeEvent(order.UserId, ChangeKind.Order, order.Id, order.AccountId));
        return (new OrderResult.Done(after), verdict);
    }

    // What is there must suffice before the old order is touched: it would be cancelled for one that the exchange turns down.
    private async Task<OrderRefusal?> CoverRefusalAsync(
        AppDb db,
        ExchangeAccount account,
        Order order,
        ValidatedOrder rest,
        CancellationToken cancellationToken
    )
    {
        var (draft, market) = (rest.Draft, rest.Market);
        if (order.ReduceOnly)
        {
            var owner = new PositionOwner(order.OwnerKind, order.OwnerId);
            var held = await OrderService.ReducibleAsync(db, order.AccountId, owner, order.Symbol, order.Id, cancellationToken);
            if (draft.Quantity > held)
            {
                return OrderServiceRefusals.NotHeld(market, draft.Quantity.Value, market.QuantityIncrements.Down(held));
            }
        }
        else if (
            order.Side == OrderSide.Sell
            && await manualSells.RefusalAsync(db, account, market, draft.Quantity!.Value, order.Id, cancellationToken) is { } others
        )
        {
            return others;
        }

        var (asset, more) =
            order.Side == OrderSide.Sell
                ? (market.Base, draft.Quantity!.Value - order.Remaining)
                : (market.Quote, (draft.Quantity!.Value * draft.Price!.Value) - (order.Remaining * order.Price!.Value));
        if (more <= 0)
        {
            return null;
        }

        var free = (await exchanges.Of(account).BalancesAsync(cancellationToken)).Value?.Where(b => b.Asset == asset).Sum(b => b.Free);
        return free < more ? OrderServiceRefusals.TooLittleFree(more, free.Value, asset) : null;
    }

    private static Task<Order?> FindAsync(AppDb db, Guid userId, Guid id, CancellationToken cancellationToken) =>
        db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.UserId == userId, cancellationToken);

    private sealed record Wanted(Guid Press, decimal Quantity, decimal Price);
}
