using ExEngine.Core.Alarms;
using ExEngine.Core.Data;
using ExEngine.Core.Engine.Planning;
using ExEngine.Core.Events;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Reconciliation;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// Where a person settles what the exchange leaves open: an order that <see cref="OrderStatus.NeedsOperator">needs them</see>.
/// </summary>
public sealed class ManualResolution(
    IDbContextFactory<AppDb> databases,
    OrderLedger ledger,
    AlarmBook alarms,
    SignalCompletion signals,
    ChangeFeed feed,
    TimeProvider time
)
{
    /// <summary>Code of the refusal for an order whose fate is not in doubt.</summary>
    public const string NotInDoubt = OrderCodes.NotInDoubt;

    /// <summary>
    /// The user looked at the exchange, and the order is not there. It is asked about for a while longer; if it turns up, what it does
    /// counts, and is an alarm.
    /// </summary>
    public async Task<OrderResult> SayNotPlacedAsync(Guid userId, Guid orderId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mine = db.Orders.Where(o => o.Id == orderId && o.UserId == userId);
        if (await mine.Select(o => (Guid?)o.AccountId).SingleOrDefaultAsync(cancellationToken) is not { } accountId)
        {
            return new OrderResult.NotFound();
        }

        await HoldOwnerAsync(db, accountId, cancellationToken);
        var order = await mine.SingleAsync(cancellationToken);
        if (order is not { Status: OrderStatus.NeedsOperator, FilledQuantity: 0, BookedQuantity: 0 })
        {
            return new OrderResult.Refused(
                new(
                    NotInDoubt,
                    "status",
                    null,
                    null,
                    [],
                    "Only an order that needs you can be called never placed; of this one the engine knows, or still finds out, what became of it."
                )
            );
        }

        var now = time.GetUtcNow().UtcDateTime;
        var who = await db.Users.Where(u => u.Id == userId).Select(u => u.Email).SingleAsync(cancellationToken);
        await ledger.ApplyAsync(db, order, OrderReconciler.AfterWord(who ?? "The user", now), [], null, now, cancellationToken);
        await alarms.EndAsync(db, userId, AlarmKind.OrderUnknown, orderId.ToString(), cancellationToken);
        if (order.Origin == OrderOrigin.Signal)
        {
            await signals.EndAsync(db, order.OriginId, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new ChangeEvent(userId, ChangeKind.Order, order.Id, order.AccountId));
        if (order.Origin == OrderOrigin.Signal)
        {
            feed.Publish(new ChangeEvent(userId, ChangeKind.Signal, order.OriginId, order.AccountId));
        }

        return new OrderResult.Done(order);
    }

    /// <summary>
    /// The user looked at the exchange, which has executed more than it lists trades of: that much is booked, so that position and stop
    /// go by it. Only once it is an alarm: lists lag by seconds.
    /// </summary>
    /// <param name="price">Quote per base, above 0; null takes the average of what the exchange told, or the order's own.</param>
    public async Task<OrderResult> BookExecutedAsync(Guid userId, Guid orderId, decimal? price, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mine = db.Orders.Where(o => o.Id == orderId && o.UserId == userId);
        if (await mine.Select(o => (Guid?)o.AccountId).SingleOrDefaultAsync(cancellationToken) is not { } accountId)
        {
            return new OrderResult.NotFound();
        }

        await HoldOwnerAsync(db, accountId, cancellationToken);
        var (order, subject) = (await mine.SingleAsync(cancellationToken), orderId.ToString());
        if (
            order.Uncounted() <= 0
            || !order.Status.IsFinal()
            || !await AlarmBook.IsOnAsync(db, userId, AlarmKind.BooksDiffer, subject, cancellationToken)
        )
        {
            return Refused(
                NotInDoubt,
                "status",
                "Only what an order executed long ago, and the exchange lists no trades of, is booked by hand."
            );
        }

        var costs = await db.Fills.Where(f => f.OrderId == orderId).Select(f => f.Cost).ToListAsync(cancellationToken);
        var told = order.ExecutedCost - costs.Sum();
        if ((price ?? (told > 0 ? told / order.Uncounted() : order.Price ?? order.ReferencePrice)) is not ({ } at and > 0))
        {
            return Refused(OrderCodes.PriceMissing, "price", "No price is known of it; state the one that the exchange shows.");
        }

        await ledger.BookByHandAsync(db, order, at, time.GetUtcNow().UtcDateTime, cancellationToken);
        await alarms.EndAsync(db, userId, AlarmKind.BooksDiffer, subject, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new ChangeEvent(userId, ChangeKind.Order, order.Id, order.AccountId));
        feed.Publish(new ChangeEvent(userId, ChangeKind.Position, order.OwnerId, order.AccountId));
        return new OrderResult.Done(order);
    }

    private static OrderResult.Refused Refused(string code, string field, string message) => new(new(code, field, null, null, [], message));

    /// <summary>The user has seen that an order turned up after all: no alarm any more.</summary>
    public async Task<OrderResult> AcknowledgeAsync(Guid userId, Guid orderId, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var mine = db.Orders.Where(o => o.Id == orderId && o.UserId == userId);
        await mine.Where(o => o.Code == OrderCodes.PlacedAfterAll)
            .ExecuteUpdateAsync(
                s => s.SetProperty(o => o.Code, (string?)null).SetProperty(o => o.UpdatedAt, time.GetUtcNow().UtcDateTime),
                cancellationToken
            );
        if (await mine.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } order)
        {
            return new OrderResult.NotFound();
        }

        if (!OrderAlarms.IsAlarm(order))
        {
            await alarms.EndAsync(db, userId, AlarmKind.OrderUnknown, orderId.ToString(), cancellationToken);
        }

        feed.Publish(new ChangeEvent(userId, ChangeKind.Order, order.Id, order.AccountId));
        return new OrderResult.Done(order);
    }

    // The owner of the account shares its lease's row in every transaction: while this one has it alone, the order is as it was read. An
    // account that nobody owns gets a lease that has run out, so that there is a row to have: who takes it now waits for this to end.
    // On SQLite a transaction that writes is alone anyway.
    private static Task HoldOwnerAsync(AppDb db, Guid accountId, CancellationToken cancellationToken) =>
        db is PostgresDb
            ? db.Database.ExecuteSqlAsync(
                $"""
                SELECT set_config('idle_in_transaction_session_timeout', '15s', true);
                INSERT INTO account_leases (account_id, holder, claim_id, expires_at) VALUES ({accountId}, '', {Guid.Empty}, clock_timestamp())
                ON CONFLICT (account_id) DO NOTHING;
                SELECT 1 FROM account_leases WHERE account_id = {accountId} FOR UPDATE
                """,
                cancellationToken
            )
            : Task.CompletedTask;
}
