using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Engine.Planning;
using ExEngine.Core.Events;
using ExEngine.Core.Hosting;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Reconciliation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// What every order that is not settled wants next: sent, cancelled, asked about. Commits the move first, then calls.
/// </summary>
internal sealed class OrderDuties(
    AccountLeases leases, OrderPlacer placer, OrderLedger ledger, OrderExecutor executor, SignalEnding signals, LiveFeed feed, TimeProvider time,
    IOptions<ExecutionOptions> options)
{
    /// <param name="hinted">Symbols in which the exchange says that something happened.</param>
    /// <returns>UTC of the next duty.</returns>
    public async Task<DateTime> DoAsync(
        OwnedAccount owned, AccountView view, OrderTraffic traffic, IReadOnlySet<string> hinted, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        traffic.Keep(view.Orders);
        var duties = view.Orders.Where(o => !MayRest(o) && !traffic.IsUnderWay(o)).ToLookup(o => Due(o, hinted));

        // Who has waited longest comes first: where there is room for a few only, the oldest must not be looked at again and again.
        foreach (var order in duties.Where(d => d.Key <= now).OrderBy(d => d.Key).SelectMany(d => d))
        {
            await DoAsync(owned, order, traffic, now, cancellationToken);
        }

        var next = duties.Where(d => d.Key > now).Select(d => d.Key).DefaultIfEmpty(DateTime.MaxValue).Min();
        var polled = Poll(owned, [.. view.Orders.Where(o => MayRest(o) && !traffic.IsUnderWay(o) && !traffic.IsPolled(o))], traffic, hinted, now);
        return polled < next ? polled : next;
    }

    // Nothing is wanted of it but to know whether it still rests.
    private static bool MayRest(Order order) => order.Status is OrderStatus.Open or OrderStatus.PartiallyFilled && order.CancelRequestedAt is null;

    private static DateTime Due(Order order, IReadOnlySet<string> hinted)
    {
        var isHinted = order.Status.MayChangeThere() && Hints.Has(hinted, order.Symbol);

        // The code of an alarm hides whether a cancel was refused: such an order waits for its time, as a refused one does.
        var wantsCancel = order.CancelRequestedAt is not null && order.Code is not (OrderReconciler.CancelRefused or OrderReconciler.PlacedAfterAll)
            && order.Status is OrderStatus.Planned or OrderStatus.Open or OrderStatus.PartiallyFilled;
        return order.Status == OrderStatus.Submitting || wantsCancel || isHinted ? DateTime.MinValue : order.NextLookAt ?? DateTime.MinValue;
    }

    // Those that are nearly due look with those that are, so that they share the exchange's list from then on.
    private DateTime Poll(OwnedAccount owned, List<Order> resting, OrderTraffic traffic, IReadOnlySet<string> hinted, DateTime now)
    {
        var due = resting.ConvertAll(o => (Order: o, At: PollDue(o, traffic, hinted, now)));
        if (due.TrueForAll(d => d.At > now))
        {
            return due.Select(d => d.At).DefaultIfEmpty(DateTime.MaxValue).Min();
        }

        var soon = now + (options.Value.OrderPoll / 2);
        var together = due.FindAll(d => d.At <= soon).ConvertAll(d => d.Order);
        var list = new OpenOrderList(executor, owned.Exchange, traffic.Readings, together.Select(o => o.Symbol).Distinct().Count(), time);
        foreach (var order in together)
        {
            traffic.Start(Errand.Poll, order, () => list.LookAsync(order));
        }

        return due.Select(d => d.At).Where(at => at > soon).DefaultIfEmpty(DateTime.MaxValue).Min();
    }

    private static DateTime PollDue(Order order, OrderTraffic traffic, IReadOnlySet<string> hinted, DateTime now)
    {
        var (stored, seen) = (order.NextLookAt ?? now, traffic.NextLookAt(order) ?? DateTime.MinValue);
        return Hints.Has(hinted, order.Symbol) ? now : stored > seen ? stored : seen;
    }

    private async Task DoAsync(OwnedAccount owned, Order order, OrderTraffic traffic, DateTime now, CancellationToken cancellationToken)
    {
        switch (order.Status)
        {
            case OrderStatus.Submitting:
                await CrashedAsync(owned, order, now, cancellationToken);
                break;
            case OrderStatus.Planned:
                if (traffic.MaySend(order.Symbol))
                {
                    await SendAsync(owned, order, traffic, now, cancellationToken);
                }

                break;
            case OrderStatus.Open or OrderStatus.PartiallyFilled:
                if (traffic.HasRoom(Errand.Cancel))
                {
                    await BeginCancelAsync(owned, order, traffic, now, cancellationToken);
                }

                break;
            case OrderStatus.CancelPending:
                if (traffic.HasRoom(Errand.Cancel))
                {
                    traffic.Start(Errand.Cancel, order, () => executor.CancelAsync(owned.Exchange, order, traffic.Readings, CancellationToken.None));
                }

                break;
            default:
                if (traffic.HasRoom(Errand.Settle))
                {
                    traffic.Start(Errand.Settle, order, () => executor.LookAsync(owned.Exchange, order, traffic.Readings, CancellationToken.None));
                }

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
            traffic.Start(Errand.Send, row, () => executor.SendAsync(owned.Exchange, row, ticket, CancellationToken.None));
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
        traffic.Start(Errand.Cancel, row, () => executor.CancelAsync(owned.Exchange, row, traffic.Readings, CancellationToken.None));
    }

    private void Announce(Order order) => feed.Publish(new LiveEvent(order.UserId, LiveKind.Order, order.Id, order.AccountId));
}
