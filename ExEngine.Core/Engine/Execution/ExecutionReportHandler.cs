using System.Net.Sockets;
using ExEngine.Core.Alarms;
using ExEngine.Core.Data;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Engine.Planning;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Hosting;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Positions;
using ExEngine.Core.Reconciliation;
using ExEngine.Core.Risk;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// Writes what came back from the exchange: the order's move, its fills, the position and the end of its signal in one commit.
/// </summary>
internal sealed class ExecutionReportHandler(
    AccountLeases leases,
    OrderLedger ledger,
    OrderPlacer placer,
    OrderReplacer replacer,
    RateSource rates,
    PriceFeed prices,
    SignalCompletion signals,
    OrderAlarms alarms,
    TradeAlarms trades,
    DailyLossBreaker dailyLoss,
    ChangeFeed feed,
    TimeProvider time,
    IOptions<ExecutionOptions> options,
    ILogger<ExecutionReportHandler> logger
)
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int DiskError = 10;
    private const int Full = 13;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);

    public async Task WriteAsync(AccountSession session, InFlightRequests inFlight, CancellationToken cancellationToken)
    {
        while (inFlight.Peek() is { } report)
        {
            try
            {
                if (await WriteAsync(session, report, mayFetch: true, cancellationToken) is { Missing: { } missing } verdict)
                {
                    // Outside of any transaction, and once; then what is to follow the order is judged by prices of now.
                    await rates.FetchAsync(missing, verdict.Currency, cancellationToken);
                    await WriteAsync(session, report, mayFetch: false, cancellationToken);
                }
            }
            catch (Exception e) when (e is not LeaseLostException and not OperationCanceledException && !MayPass(e))
            {
                // A move that is not in the table, or a number that does not fit: heard, and not repeated for ever.
                logger.LogCritical(
                    e,
                    "Order {Order}: what the exchange said could not be written; it is asked about again in {Pause} s",
                    report.OrderId,
                    RetryDelay.TotalSeconds
                );
                await PutOffAsync(session, report.OrderId, cancellationToken);
            }

            inFlight.Done();
        }
    }

    // The database is away, or somebody changed the position at the same time: the report stays and is written later.
    private static bool MayPass(Exception? e) =>
        e is not null
        && (
            e is DbUpdateConcurrencyException or IOException or TimeoutException or SocketException
            || e is NpgsqlException and not PostgresException
            || e is PostgresException { IsTransient: true }
            || e is SqliteException { SqliteErrorCode: Busy or Locked or DiskError or Full }
            || MayPass(e.InnerException)
        );

    private async Task PutOffAsync(AccountSession session, Guid orderId, CancellationToken cancellationToken)
    {
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var later = time.GetUtcNow().UtcDateTime + RetryDelay;
        await write
            .Db.Orders.Where(o => o.Id == orderId)
            .ExecuteUpdateAsync(
                s => s.SetProperty(o => o.NextLookAt, later).SetProperty(o => o.UpdatedAt, time.GetUtcNow().UtcDateTime),
                cancellationToken
            );
        await write.CommitAsync(cancellationToken);
    }

    /// <returns>With what is missing, when nothing was written because of that; null when all was.</returns>
    private async Task<RiskVerdict?> WriteAsync(
        AccountSession session,
        ExecutionReport report,
        bool mayFetch,
        CancellationToken cancellationToken
    )
    {
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var db = write.Db;
        var order = await LockedOrder.ReadAsync(db, report.OrderId, cancellationToken);
        var (before, untold, filled, now) = (order.Status, order.Uncounted(), order.FilledQuantity, time.GetUtcNow().UtcDateTime);
        var wasAlarm = OrderAlarms.IsAlarm(order);
        var change = report.Conclude(order, now, options.Value);
        var market = await session.MarketAsync(order.Symbol, cancellationToken);
        var position = await ledger.ApplyAsync(db, order, change, report.Trades, market, now, cancellationToken);
        var closed =
            position is not null && order.Side == OrderSide.Sell ? await dailyLoss.CloseAsync(db, order, now, cancellationToken) : [];
        if (change.SendAgain)
        {
            placer.PlanAgain(db, order, now);
        }

        var replacement = await ReplaceAsync(
            session,
            db,
            order,
            (change.Seen is not null, filled),
            market,
            mayFetch,
            now,
            cancellationToken
        );
        if (mayFetch && replacement.Verdict.Missing is { MayBeFetched: true })
        {
            return replacement.Verdict;
        }

        if (order.Origin == OrderOrigin.Signal && before == OrderStatus.NotPlaced && order.Status != before)
        {
            await SignalCompletion.ReopenAsync(db, order.OriginId, cancellationToken);
        }

        if (HasEnded(order, before) && order.Origin == OrderOrigin.Signal)
        {
            await signals.EndAsync(db, order.OriginId, cancellationToken);
        }

        var isAlarmNew =
            replacement.IsAlarm
            | await alarms.FollowAsync(db, order, wasAlarm, cancellationToken)
            | await trades.NoteAsync(db, order, untold, cancellationToken);
        Failpoint.Reach(order.Status == OrderStatus.Unknown ? "unknown.beforeCommit" : "answer.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach(order.Status == OrderStatus.Unknown ? "unknown.afterCommit" : "answer.afterCommit");
        Announce(order, before, position);
        if (isAlarmNew)
        {
            feed.Publish(AlarmBook.Changed(order.UserId, order.AccountId));
        }

        if (replacement.Order is { } follower)
        {
            feed.Publish(new ChangeEvent(order.UserId, ChangeKind.Order, follower.Id, order.AccountId, IsNotice: true));
        }

        foreach (var scope in closed.Concat(replacement.Verdict.ReducedScopes))
        {
            feed.Publish(new ChangeEvent(order.UserId, ChangeKind.Risk, scope));
        }

        return null;
    }

    // In the same commit as the end of the order: one that is being changed is followed by what it did not execute.
    private async Task<Replacement> ReplaceAsync(
        AccountSession session,
        AppDb db,
        Order order,
        (bool IsSeen, decimal FilledBefore) report,
        Market? market,
        bool mayFetch,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        if (order is { ReplacePress: not null, IsBeingReplaced: false } && order.FilledQuantity > report.FilledBefore)
        {
            await OrderReplacer.ShrinkAsync(db, order, order.FilledQuantity - report.FilledBefore, now, cancellationToken);
        }

        if (!order.Status.IsFinal())
        {
            return Replacement.None;
        }

        var last = order.IsBeingReplaced ? prices.Last(session.Account.Exchange, order.Symbol)?.Last : null;
        var replacement = await replacer.FollowAsync(db, order, report.IsSeen, market, last, mayFetch, now, cancellationToken);
        return replacement with { IsAlarm = replacement.IsAlarm | await replacer.TellAsync(db, order, cancellationToken) };
    }

    private static bool HasEnded(Order order, OrderStatus before) =>
        order.Status.IsFinal() && order.Status != before && (!before.IsFinal() || before == OrderStatus.NotPlaced);

    // The loop that wrote it reads everything next.
    private void Announce(Order order, OrderStatus before, Position? changed)
    {
        if (order.Status != before || changed is not null)
        {
            feed.Publish(new ChangeEvent(order.UserId, ChangeKind.Order, order.Id, order.AccountId, IsNotice: true));
        }

        if (changed is not null)
        {
            feed.Publish(new ChangeEvent(order.UserId, ChangeKind.Position, changed.Id, order.AccountId, IsNotice: true));
        }

        if (order.Origin == OrderOrigin.Signal && (HasEnded(order, before) || (before == OrderStatus.NotPlaced && order.Status != before)))
        {
            feed.Publish(new ChangeEvent(order.UserId, ChangeKind.Signal, order.OriginId, order.AccountId, IsNotice: true));
        }
    }
}
