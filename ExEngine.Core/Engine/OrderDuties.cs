using ExEngine.Core.Live;
using ExEngine.Core.Orders;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine;

/// <summary>
/// What every order that is not settled wants next: sent, cancelled, asked about. Commits the move first, then calls.
/// </summary>
internal sealed class OrderDuties(
    AccountLeases leases, OrderPlacer placer, OrderLedger ledger, OrderExecutor executor, SignalEnding signals, LiveFeed feed, TimeProvider time)
{
    /// <returns>UTC of the next duty.</returns>
    public async Task<DateTime> DoAsync(
        OwnedAccount owned, AccountView view, OrderTraffic traffic, bool lookNow, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var next = DateTime.MaxValue;
        var open = new OpenOrderList();
        foreach (var order in view.Orders.Where(traffic.MayCall))
        {
            var due = Due(order, lookNow);
            if (due > now)
            {
                next = due < next ? due : next;
                continue;
            }

            await DoAsync(owned, order, open, traffic, now, cancellationToken);
        }

        return next;
    }

    private static DateTime Due(Order order, bool lookNow)
    {
        var wantsCancel = order.CancelRequestedAt is not null && order.Code != OrderReconciler.CancelRefused
            && order.Status is OrderStatus.Planned or OrderStatus.Open or OrderStatus.PartiallyFilled;
        return order.Status == OrderStatus.Submitting || wantsCancel || (lookNow && order.Status.IsResting())
            ? DateTime.MinValue
            : order.NextLookAt ?? DateTime.MinValue;
    }

    private async Task DoAsync(
        OwnedAccount owned, Order order, OpenOrderList open, OrderTraffic traffic, DateTime now, CancellationToken cancellationToken)
    {
        switch (order.Status)
        {
            case OrderStatus.Submitting:
                await CrashedAsync(owned, order, now, cancellationToken);
                break;
            case OrderStatus.Planned when traffic.MaySend(order.Symbol):
                await SendAsync(owned, order, traffic, now, cancellationToken);
                break;
            case OrderStatus.Planned:
                break;
            case OrderStatus.Open or OrderStatus.PartiallyFilled when order.CancelRequestedAt is not null:
                await BeginCancelAsync(owned, order, traffic, now, cancellationToken);
                break;
            case OrderStatus.CancelPending:
                traffic.Ask(order, () => executor.CancelAsync(owned.Exchange, order, CancellationToken.None));
                break;
            case OrderStatus.Open or OrderStatus.PartiallyFilled:
                traffic.Ask(order, () => open.LookAsync(executor, owned.Exchange, order));
                break;
            default:
                traffic.Ask(order, () => executor.LookAsync(owned.Exchange, order, CancellationToken.None));
                break;
        }
    }

    // Nothing of ours is under way for it, so the call died with a process.
    private async Task CrashedAsync(OwnedAccount owned, Order order, DateTime now, CancellationToken cancellationToken)
    {
        await using var write = await leases.BeginAsync(owned.Claim, cancellationToken);
        var row = await write.Db.Orders.SingleAsync(o => o.Id == order.Id, cancellationToken);
        await ledger.ApplyAsync(write.Db, row, OrderReconciler.AfterCrash(row, now), [], null, now, cancellationToken);
        Failpoint.Reach("unknown.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach("unknown.afterCommit");
        Announce(row);
    }

    private async Task SendAsync(OwnedAccount owned, Order order, OrderTraffic traffic, DateTime now, CancellationToken cancellationToken)
    {
        await using var write = await leases.BeginAsync(owned.Claim, cancellationToken);
        var row = await write.Db.Orders.SingleAsync(o => o.Id == order.Id, cancellationToken);
        var ticket = await placer.SubmitAsync(write.Db, row, owned.Account, now, cancellationToken);
        if (row.Status.IsFinal() && row.Origin == OrderOrigin.Signal)
        {
            await signals.EndAsync(write.Db, row.OriginId, cancellationToken);
        }

        Failpoint.Reach("plan.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach("plan.afterCommit");
        Announce(row);
        if (ticket is not null)
        {
            traffic.Send(row, () => executor.SendAsync(owned.Exchange, row, ticket, CancellationToken.None));
        }
    }

    private async Task BeginCancelAsync(OwnedAccount owned, Order order, OrderTraffic traffic, DateTime now, CancellationToken cancellationToken)
    {
        await using var write = await leases.BeginAsync(owned.Claim, cancellationToken);
        var row = await write.Db.Orders.SingleAsync(o => o.Id == order.Id, cancellationToken);
        ledger.Move(write.Db, row, OrderStatus.CancelPending, now);
        row.UpdatedAt = now;
        Failpoint.Reach("cancelAsk.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach("cancelAsk.afterCommit");
        Announce(row);
        traffic.Ask(row, () => executor.CancelAsync(owned.Exchange, row, CancellationToken.None));
    }

    private void Announce(Order order) => feed.Publish(new LiveEvent(order.UserId, LiveKind.Order, order.Id, order.AccountId));
}
