using System.Text.Json;
using ExEngine.Core.Alarms;
using ExEngine.Core.Data;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Events;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Accounts;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Hosting;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ExEngine.Core.Engine.Execution;

/// <summary>
/// Keeps take-profits and stops of an account's positions as <see cref="ProtectionPlanner"/> says: the plan's next state and the orders
/// that it places or wants cancelled are one commit.
/// </summary>
internal sealed class ProtectionKeeper(
    IDbContextFactory<AppDb> databases,
    AccountLeases leases,
    PriceFeed prices,
    OrderPlacer placer,
    RiskReader risks,
    AlarmBook alarms,
    ChangeFeed feed,
    TimeProvider time,
    ILogger<ProtectionKeeper> logger
)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(10);

    /// <returns>UTC of the next look, if no price, fill or order comes before; the past when something was written and is to be read
    /// again.</returns>
    public async Task<DateTime> KeepAsync(AccountSession session, AccountState state, CancellationToken cancellationToken)
    {
        var next = DateTime.MaxValue;
        foreach (var position in state.Positions.Where(p => p.Protection is not null))
        {
            var at = await TryKeepAsync(session, state, position, cancellationToken);
            next = at < next ? at : next;
        }

        return next;
    }

    // One position's trouble is not the others'.
    private async Task<DateTime> TryKeepAsync(
        AccountSession session,
        AccountState state,
        Position position,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await KeepAsync(session, state, position, cancellationToken);
        }
        catch (Exception e) when (e is ArithmeticException or InvalidOperationException or JsonException)
        {
            logger.LogCritical(e, "Position {Position}: its protection cannot be kept", position.Id);
            return time.GetUtcNow().UtcDateTime + RetryDelay;
        }
    }

    private async Task<DateTime> KeepAsync(
        AccountSession session,
        AccountState state,
        Position position,
        CancellationToken cancellationToken
    )
    {
        if (
            await session.MarketAsync(position.Symbol, cancellationToken) is not { } market
            || ProtectionPlan.Read(position.Protection) is not { } plan
        )
        {
            return time.GetUtcNow().UtcDateTime + Again;
        }

        // In this order: a simulated price is of the moment at which it is asked for, and so not older than what is seen here.
        var now = time.GetUtcNow().UtcDateTime;
        var context = new ProtectionContext
        {
            Plan = plan,
            Position = position,
            Market = market,
            Orders = await OrdersAsync(state, position, plan, cancellationToken),
            Price = prices.AtHand(session.Account.Exchange, position.Symbol),
            StopsRest = session.Account.Mode == AccountMode.Paper || ExchangeInfo.TakesStops(session.Account.Exchange),
            Paused = state.Exiting.Contains((position.Symbol, position.OwnerId)),
            Now = now,
        };
        var step = ProtectionPlanner.Next(context);
        if (step.NeedsPrice)
        {
            prices.Ask(session.Account.Exchange, position.Symbol);
        }

        if ((step.IsChanged || step.Acts.Count > 0 || step.Plan is null) && await WriteAsync(session, context, step, cancellationToken))
        {
            return DateTime.MinValue;
        }

        return step.LookAgainAt ?? (step.IsChanged ? now + Again : DateTime.MaxValue);
    }

    /// <summary>Those that are not settled, and the plan's own whatever became of them.</summary>
    private async Task<IReadOnlyList<Order>> OrdersAsync(
        AccountState state,
        Position position,
        ProtectionPlan plan,
        CancellationToken cancellationToken
    )
    {
        var open = state.Orders.Where(o => o.Symbol == position.Symbol && o.OwnerId == position.OwnerId).ToList();
        var origins = plan.Origins.ToList();
        var missing = plan.Legs.Where(leg => !open.Exists(o => origins.Contains(o.OriginId) && o.Leg == leg)).ToList();
        if (missing.Count == 0)
        {
            return open;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var ended = await db
            .Orders.AsNoTracking()
            .Where(o => origins.Contains(o.OriginId) && missing.Contains(o.Leg))
            .ToListAsync(cancellationToken);
        return [.. open, .. ended];
    }

    /// <returns>False when there is nothing to write while protection may do nothing.</returns>
    private async Task<bool> WriteAsync(
        AccountSession session,
        ProtectionContext context,
        ProtectionStep step,
        CancellationToken cancellationToken
    )
    {
        var position = context.Position;
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var row = await write.Db.Positions.SingleAsync(p => p.Id == position.Id, cancellationToken);
        if (row.Version != position.Version)
        {
            // Somebody changed it meanwhile; the next look sees that.
            return true;
        }

        // Asked where it is acted on, and held until that is written: nothing is cancelled that could not be replaced.
        if (await risks.StateRefusalAsync(write.Db, session.UserId, session.Id, null, Effect.Reduce, cancellationToken) is not null)
        {
            step = ProtectionPlanner.Next(context = context with { MayPlace = false });
            if (!step.IsChanged && step.Acts.Count == 0 && step.Plan is not null)
            {
                return false;
            }
        }

        row.Protection = step.Plan?.Write();
        row.UpdatedAt = time.GetUtcNow().UtcDateTime;
        row.Version++;
        foreach (var act in step.Acts)
        {
            await DoAsync(write.Db, session, row, act, cancellationToken);
        }

        var alarm = await AlarmAsync(write.Db, session, context, step, cancellationToken);
        Failpoint.Reach("protection.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach("protection.afterCommit");
        feed.Publish(new ChangeEvent(session.UserId, ChangeKind.Position, position.Id, session.Id));
        if (step.Acts.Count > 0)
        {
            feed.Publish(new ChangeEvent(session.UserId, ChangeKind.Order, Guid.Empty, session.Id));
        }

        if (alarm)
        {
            feed.Publish(AlarmBook.Changed(session.UserId, session.Id));
        }

        return true;
    }

    // The plan says whether it is alarmed, so that no look has to ask the table.
    private async Task<bool> AlarmAsync(
        AppDb db,
        AccountSession session,
        ProtectionContext context,
        ProtectionStep step,
        CancellationToken cancellationToken
    )
    {
        var (before, after) = (context.Plan.InForce?.State.IsAlarmed == true, step.Plan?.InForce?.State.IsAlarmed == true);
        if (before == after)
        {
            return false;
        }

        var position = context.Position;
        return after
            ? await alarms.RaiseAsync(
                db,
                new Alarm
                {
                    UserId = session.UserId,
                    Kind = AlarmKind.StopNotInForce,
                    Subject = position.Id.ToString(),
                    AccountId = session.Id,
                    Symbol = position.Symbol,
                    PositionId = position.Id,
                    Message = ProtectionCover.Message(context, step.Plan!.InForce!),
                },
                cancellationToken
            )
            : await alarms.EndAsync(db, session.UserId, AlarmKind.StopNotInForce, position.Id.ToString(), cancellationToken);
    }

    private async Task DoAsync(AppDb db, AccountSession session, Position position, ProtectionAct act, CancellationToken cancellationToken)
    {
        if (act is ProtectionAct.Cancel cancel)
        {
            var now = time.GetUtcNow().UtcDateTime;
            await db.Orders.Where(o => o.Id == cancel.OrderId).AskToCancelAsync(now, cancellationToken);
        }
        else if (act is ProtectionAct.Place place)
        {
            // One that is refused here leaves no order: the planner counts its leg as refused, says so and tries again later.
            await placer.PlaceAsync(
                db,
                new OrderRequest
                {
                    UserId = session.UserId,
                    AccountId = session.Id,
                    Owner = PositionOwner.Of(position),
                    Origin = OrderOrigin.Protection,
                    OriginId = place.OriginId,
                    Leg = place.Leg,
                    Effect = Effect.Reduce,
                    Order = place.Order,
                    ReferencePrice = place.ReferencePrice,
                },
                cancellationToken
            );
        }
    }
}
