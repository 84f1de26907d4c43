using ExEngine.Core.Alarms;
using ExEngine.Core.Data;
using ExEngine.Core.Engine.Execution;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Events;
using ExEngine.Core.Hosting;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Planning;
using ExEngine.Core.Positions;
using ExEngine.Core.Protection;
using ExEngine.Core.Risk;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Planning;

/// <summary>
/// Takes a plan as far as it goes now. Each order is one commit: what it is for moves on, and the order is already
/// <see cref="OrderStatus.Submitting"/>, so that nothing stands between the plan and the sending.
/// </summary>
internal sealed class PlanExecutor(
    AccountLeases leases,
    PlanContextLoader contexts,
    OrderPlacer placer,
    RiskReader risks,
    RateSource rates,
    ExitAlarms exits,
    OrderSender sender,
    SequentialIds ids,
    ChangeFeed feed,
    TimeProvider time
)
{
    /// <summary>Code of a plan whose time was over.</summary>
    public const string Expired = OrderCodes.Expired;

    public async Task<PlanProgress> GoAsync(
        AccountSession session,
        AccountState state,
        PlanSubject target,
        InFlightRequests inFlight,
        CancellationToken cancellationToken
    )
    {
        var context = await contexts.OfAsync(session, state, target, cancellationToken);
        var hasFetched = false;
        while (context is not null)
        {
            switch (SignalPlanner.Next(context))
            {
                case PlanStep.Need need:
                    context = await contexts.AddAsync(session, context, need.What, cancellationToken);
                    continue;
                case PlanStep.Cancel cancel:
                    return await AskToCancelAsync(session, target, cancel, cancellationToken);
                case PlanStep.Wait wait:
                    return new PlanProgress(false, wait.HoldsCoins, wait.Reason, wait.Code);
                case PlanStep.Place place:
                    var (progress, verdict) = await PlaceAsync(session, target, context, place, inFlight, !hasFetched, cancellationToken);
                    if (progress is { } made)
                    {
                        return made;
                    }

                    // Outside of any transaction, and once; then it is planned by prices of now.
                    await rates.FetchAsync(verdict.Missing!, verdict.Currency, cancellationToken);
                    (context, hasFetched) = (await contexts.OfAsync(session, state, target, cancellationToken), true);
                    continue;
                case PlanStep.Protect protect:
                    return await WriteAsync(session, target, context, protect, cancellationToken);
                case PlanStep.Refuse refuse:
                    await EndAsync(session, target, new PlanEnd(refuse.Refusal.Code, refuse.Refusal.Message), cancellationToken);
                    return PlanProgress.Over;
                case PlanStep.Done done:
                    await EndAsync(session, target, new PlanEnd(null, done.Note), cancellationToken);
                    return PlanProgress.Over;
            }
        }

        return new PlanProgress(false, Waits: "The exchange does not tell what is needed for it.");
    }

    /// <summary>Writes the end of a plan.</summary>
    public async Task EndAsync(AccountSession session, PlanSubject target, PlanEnd end, CancellationToken cancellationToken)
    {
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        await AdvanceAsync(write, session, target, end, cancellationToken);
    }

    private async Task AdvanceAsync(
        LeasedTransaction write,
        AccountSession session,
        PlanSubject target,
        PlanEnd? end,
        CancellationToken cancellationToken
    )
    {
        if (!await target.AdvanceAsync(write.Db, end, null, cancellationToken))
        {
            return;
        }

        var isAlarmOver = end is not null && await exits.EndAsync(write.Db, session.UserId, target, cancellationToken);
        await write.CommitAsync(cancellationToken);
        Announce(session, target);
        if (isAlarmOver)
        {
            feed.Publish(AlarmBook.Changed(session.UserId, session.Id));
        }
    }

    // What is cancelled to make room is cancelled only while its successor may be placed: a halt must not cost a position its stop.
    private async Task<PlanProgress> AskToCancelAsync(
        AccountSession session,
        PlanSubject target,
        PlanStep.Cancel cancel,
        CancellationToken cancellationToken
    )
    {
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        if (
            cancel.For is { } effect
            && await risks.StateRefusalAsync(write.Db, session.UserId, session.Id, target.WebhookId, effect, cancellationToken)
                is { } refusal
        )
        {
            await AdvanceAsync(write, session, target, new PlanEnd(refusal.Code, refusal.Message), cancellationToken);
            return PlanProgress.Over;
        }

        var now = time.GetUtcNow().UtcDateTime;
        await write.Db.Orders.Where(o => cancel.OrderIds.Contains(o.Id)).AskToCancelAsync(now, cancellationToken);
        await write.CommitAsync(cancellationToken);
        feed.Publish(new ChangeEvent(session.UserId, ChangeKind.Order, Guid.Empty, session.Id));
        return new PlanProgress(false, HoldsCoins: cancel.For == Effect.Reduce, "Orders that are in its way are being cancelled.");
    }

    /// <returns>No progress while prices must be fetched to judge a limit.</returns>
    private async Task<(PlanProgress? Progress, RiskVerdict Verdict)> PlaceAsync(
        AccountSession session,
        PlanSubject target,
        PlanContext context,
        PlanStep.Place place,
        InFlightRequests inFlight,
        bool mayFetch,
        CancellationToken cancellationToken
    )
    {
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        var placement = await placer.PlaceAsync(write.Db, target.Request(session, context, place), cancellationToken);
        if (placement.Order is not { } order)
        {
            if (mayFetch && placement.Verdict.Missing is { MayBeFetched: true })
            {
                return (null, placement.Verdict);
            }

            await AdvanceAsync(write, session, target, new PlanEnd(placement.Refusal!.Code, placement.Refusal.Message), cancellationToken);
            foreach (var scope in placement.Verdict.ReducedScopes)
            {
                feed.Publish(new ChangeEvent(session.UserId, ChangeKind.Risk, scope));
            }

            return (PlanProgress.Over, placement.Verdict);
        }

        placer.Submit(write.Db, order, time.GetUtcNow().UtcDateTime);
        var (end, waits) = await RestAsync(
            write.Db,
            session,
            target,
            context with
            {
                OwnOrders = [.. context.OwnOrders, order],
                OpenOrders = [.. context.OpenOrders, order],
            },
            place.Note,
            cancellationToken
        );
        if (!await target.AdvanceAsync(write.Db, end, place.Note, cancellationToken))
        {
            return (PlanProgress.Over, placement.Verdict);
        }

        Failpoint.Reach("plan.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach("plan.afterCommit");
        inFlight.Start(
            ExchangeRequestKind.Send,
            order,
            () => sender.SendAsync(session.Exchange, order, place.Order, CancellationToken.None)
        );

        // When that was all, the answer wakes the loop: reading everything again now would only slow the sending down. New protection is
        // more to do at once, for coins that are held already.
        var isAll = (end is not null || waits) && !write.Db.Positions.Local.Any(p => p.Protection is not null);
        feed.Publish(new ChangeEvent(session.UserId, ChangeKind.Order, order.Id, session.Id, IsNotice: isAll));
        Announce(session, target, isNotice: isAll);
        return (new PlanProgress(end is not null, HoldsCoins: place.Effect == Effect.Reduce, "Its order is under way."), placement.Verdict);
    }

    private async Task<PlanProgress> WriteAsync(
        AccountSession session,
        PlanSubject target,
        PlanContext context,
        PlanStep.Protect protect,
        CancellationToken cancellationToken
    )
    {
        await using var write = await leases.BeginAsync(session.Claim, cancellationToken);
        context = await ProtectAsync(write.Db, session, target, context, protect.Plan, cancellationToken);
        var (end, _) = await RestAsync(write.Db, session, target, context, null, cancellationToken);
        await AdvanceAsync(write, session, target, end, cancellationToken);
        return new PlanProgress(end is not null);
    }

    /// <summary>Steps that cost no question and no order go into the same commit.</summary>
    /// <returns>The end, or null when there is more to come later; and whether that waits for the order that was just placed.</returns>
    private async Task<(PlanEnd? End, bool Waits)> RestAsync(
        AppDb db,
        AccountSession session,
        PlanSubject target,
        PlanContext context,
        string? note,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            switch (SignalPlanner.Next(context))
            {
                case PlanStep.Protect protect:
                    context = await ProtectAsync(db, session, target, context, protect.Plan, cancellationToken);
                    continue;
                case PlanStep.Done done:
                    return (new PlanEnd(null, done.Note ?? note), false);
                case var other:
                    return (null, other is PlanStep.Wait);
            }
        }
    }

    private async Task<PlanContext> ProtectAsync(
        AppDb db,
        AccountSession session,
        PlanSubject target,
        PlanContext context,
        ProtectionPlan plan,
        CancellationToken cancellationToken
    )
    {
        var market = context.Market;
        var position =
            await db.Positions.SingleOrDefaultAsync(
                p => p.AccountId == session.Id && p.Symbol == market.Symbol && p.OwnerId == target.Owner.Id,
                cancellationToken
            )
            ?? db.Positions.Local.FirstOrDefault(p => p.Symbol == market.Symbol && p.OwnerId == target.Owner.Id)
            ?? db.Add(
                Position.New(
                    ids.Next(),
                    session.UserId,
                    session.Id,
                    (market.Symbol, market.Base, market.Quote),
                    target.Owner,
                    time.GetUtcNow().UtcDateTime
                )
            ).Entity;
        if (context.Position is { } seen && seen.Version != position.Version)
        {
            throw new DbUpdateConcurrencyException("The position changed while its protection was planned.");
        }

        position.Protection = plan.Write();
        position.UpdatedAt = time.GetUtcNow().UtcDateTime;
        position.Version++;
        return context with { Position = position };
    }

    private void Announce(AccountSession session, PlanSubject target, bool isNotice = false)
    {
        var isSignal = target.Origin == OrderOrigin.Signal;
        feed.Publish(
            new ChangeEvent(session.UserId, isSignal ? ChangeKind.Signal : ChangeKind.Position, target.RowId, session.Id, isNotice)
        );
    }
}
