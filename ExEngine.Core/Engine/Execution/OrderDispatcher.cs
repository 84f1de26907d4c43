using ExEngine.Core.Alarms;
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
internal sealed class OrderDispatcher(
    AccountLeases leases,
    OrderPlacer placer,
    OrderLedger ledger,
    OrderSender sender,
    OrderReplacer replacer,
    SignalCompletion signals,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<ExecutionOptions> options
)
{
    private static readonly HashSet<string> Nothing = [];

    /// <param name="hinted">Symbols in which the exchange says that something happened.</param>
    /// <returns>UTC of the next duty.</returns>
    public async Task<DateTime> DoAsync(
        AccountSession session,
        AccountState state,
        InFlightRequests inFlight,
        IReadOnlySet<string> hinted,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow().UtcDateTime;
        inFlight.Keep(state.Orders);
        var duties = state.Orders.Where(o => !MayRest(o) && !inFlight.IsUnderWay(o)).ToLookup(o => Due(o, hinted));

        // Who has waited longest comes first: where there is room for a few only, the oldest must not be looked at again and again.
        foreach (var order in duties.Where(d => d.Key <= now).OrderBy(d => d.Key).SelectMany(d => d))
        {
            await DoAsync(session, order, inFlight, now, cancellationToken);
        }

        var next = duties.Where(d => d.Key > now).Select(d => d.Key).DefaultIfEmpty(DateTime.MaxValue).Min();
        var polled = Poll(session, state, inFlight, hinted);
        return polled < next ? polled : next;
    }

    /// <summary>Asks again about resting orders whose time has come, when nothing else happened.</summary>
    /// <returns>UTC of the next time.</returns>
    public DateTime Poll(AccountSession session, AccountState state, InFlightRequests inFlight) => Poll(session, state, inFlight, Nothing);

    // Nothing is wanted of it but to know whether it still rests.
    private static bool MayRest(Order order) =>
        order.Status is OrderStatus.Open or OrderStatus.PartiallyFilled && order.CancelRequestedAt is null;

    private static DateTime Due(Order order, IReadOnlySet<string> hinted)
    {
        var isHinted = order.Status.MayChangeThere() && DirtySymbols.Has(hinted, order.Symbol);

        // The code of an alarm hides whether a cancel was refused: such an order waits for its time, as a refused one does.
        var wantsCancel =
            order.CancelRequestedAt is not null
            && order.Code is not (OrderCodes.CancelRefused or OrderCodes.PlacedAfterAll)
            && order.Status is OrderStatus.Planned or OrderStatus.Open or OrderStatus.PartiallyFilled;
        return order.Status == OrderStatus.Submitting || wantsCancel || isHinted
            ? DateTime.MinValue
            : order.NextLookAt ?? DateTime.MinValue;
    }

    // Those that are nearly due look with those that are, so that they share the exchange's list from then on.
    private DateTime Poll(AccountSession session, AccountState state, InFlightRequests inFlight, IReadOnlySet<string> hinted)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var due = state
            .Orders.Where(o => MayRest(o) && !inFlight.IsUnderWay(o) && !inFlight.IsPolled(o))
            .Select(o => (Order: o, At: PollDue(o, inFlight, hinted, now)))
            .ToList();
        if (due.TrueForAll(d => d.At > now))
        {
            return due.Select(d => d.At).DefaultIfEmpty(DateTime.MaxValue).Min();
        }

        var soon = now + (options.Value.OrderPoll / 2);
        var together = due.FindAll(d => d.At <= soon).ConvertAll(d => d.Order);
        var list = new OpenOrdersBatch(sender, session.Exchange, inFlight.Readings, together, options.Value.OrderPoll, time);
        foreach (var order in together)
        {
            inFlight.Start(ExchangeRequestKind.Poll, order, () => list.LookAsync(order));
        }

        return due.Select(d => d.At).Where(at => at > soon).DefaultIfEmpty(DateTime.MaxValue).Min();
    }

    private static DateTime PollDue(Order order, InFlightRequests inFlight, IReadOnlySet<string> hinted, DateTime now)
    {
        var (stored, seen) = (order.NextLookAt ?? now, inFlight.NextLookAt(order) ?? DateTime.MinValue);
        return DirtySymbols.Has(hinted, order.Symbol) ? now
            : stored > seen ? stored
            : seen;
    }

    private async Task DoAsync(
        AccountSession session,
        Order order,
        InFlightRequests inFlight,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        switch (order.Status)
        {
            case OrderStatus.Submitting:
                await CrashedAsync(session, order, now, cancellationToken);
                break;
            case OrderStatus.Planned:
                if (inFlight.MaySend(order.Symbol))
                {
                    await SendAsync(session, order, inFlight, now, cancellationToken);
                }

                break;
            case OrderStatus.Open or OrderStatus.PartiallyFilled:
                if (inFlight.HasRoom(ExchangeRequestKind.Cancel))
                {
                    await BeginCancelAsync(session, order, inFlight, now, cancellationToken);
                }

                break;
            case OrderStatus.CancelPending:
                if (inFlight.HasRoom(ExchangeRequestKind.Cancel))
                {
                    inFlight.Start(
                        ExchangeRequestKind.Cancel,
                        order,
                        () => sender.CancelAsync(session.Exchange, order, inFlight.Readings, CancellationToken.None)
                    );
                }

                break;
            default:
                if (inFlight.HasRoom(ExchangeRequestKind.Settle))
                {
                    inFlight.Start(
                        ExchangeRequestKind.Settle,
                        order,
                        () => sender.LookAsync(session.Exchange, order, inFlight.Readings, CancellationToken.None)
                    );
                }

                break;
        }
    }

    // Nothing of ours is under way for it, so the call died with a process.
    private async Task CrashedAsync(AccountSession session, Order order, DateTime now, CancellationToken cancellationToken)
    {
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var row = await write.Db.Orders.SingleAsync(o => o.Id == order.Id, cancellationToken);
        await ledger.ApplyAsync(write.Db, row, OrderReconciler.AfterCrash(row, now), [], null, now, cancellationToken);
        Failpoint.Reach("unknown.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach("unknown.afterCommit");
        Announce(row);
    }

    private async Task SendAsync(
        AccountSession session,
        Order order,
        InFlightRequests inFlight,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var market = await session.MarketAsync(order.Symbol, cancellationToken);
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var row = await LockedOrder.ReadAsync(write.Db, order.Id, cancellationToken);
        var validated = await placer.SubmitAsync(write.Db, row, market, now, cancellationToken);
        var isAlarm = false;
        if (row.Status.IsFinal())
        {
            // Changed before it was sent, it is followed by what it is to be; what that needs and cannot be had now refuses it.
            var replacement = await replacer.FollowAsync(write.Db, row, true, market, row.ReferencePrice, false, now, cancellationToken);
            isAlarm = replacement.IsAlarm | await replacer.TellAsync(write.Db, row, cancellationToken);
        }

        if (row.Status.IsFinal() && row.Origin == OrderOrigin.Signal)
        {
            await signals.EndAsync(write.Db, row.OriginId, cancellationToken);
        }

        Failpoint.Reach("plan.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach("plan.afterCommit");
        Announce(row);
        if (isAlarm)
        {
            feed.Publish(AlarmBook.Changed(row.UserId, row.AccountId));
        }

        if (validated is not null)
        {
            inFlight.Start(ExchangeRequestKind.Send, row, () => sender.SendAsync(session.Exchange, row, validated, CancellationToken.None));
        }
    }

    private async Task BeginCancelAsync(
        AccountSession session,
        Order order,
        InFlightRequests inFlight,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var row = await write.Db.Orders.SingleAsync(o => o.Id == order.Id, cancellationToken);
        ledger.Move(write.Db, row, OrderStatus.CancelPending, now);
        row.UpdatedAt = now;
        Failpoint.Reach("cancelAsk.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach("cancelAsk.afterCommit");
        Announce(row);
        inFlight.Start(
            ExchangeRequestKind.Cancel,
            row,
            () => sender.CancelAsync(session.Exchange, row, inFlight.Readings, CancellationToken.None)
        );
    }

    private void Announce(Order order) => feed.Publish(new ChangeEvent(order.UserId, ChangeKind.Order, order.Id, order.AccountId));
}
