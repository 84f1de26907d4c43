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
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Core.Engine.Planning;

/// <summary>
/// Takes a plan as far as it goes now. Each order is one commit: what it is for moves on, and the order is already
/// <see cref="OrderStatus.Submitting"/>, so that nothing stands between the plan and the sending.
/// </summary>
internal sealed class PlanRun(
    AccountLeases leases, PlanFacts facts, OrderPlacer placer, OrderExecutor executor, SequentialIds ids, LiveFeed feed, TimeProvider time)
{
    /// <summary>Code of a plan whose time was over.</summary>
    public const string Expired = "expired";

    /// <returns>True when it stands in nobody's way any more: every leg is on its way, or it was refused.</returns>
    public async Task<bool> GoAsync(OwnedAccount owned, AccountView view, PlanTarget target, OrderTraffic traffic, CancellationToken cancellationToken)
    {
        var context = await facts.OfAsync(owned, view, target, cancellationToken);
        if (context is { OwnOrders.Count: 0 } && DollarSize.Refusal(context.Draft, context.Market) is { } dollars)
        {
            // Checked at the door already, unless the market's rules were missing then.
            await EndAsync(owned, target, new PlanEnd(dollars.Code, dollars.Message), cancellationToken);
            return true;
        }

        while (context is not null)
        {
            switch (SignalPlanner.Next(context))
            {
                case PlanStep.Need need:
                    context = await facts.AddAsync(owned, context, need.What, cancellationToken);
                    continue;
                case PlanStep.Cancel cancel:
                    await AskToCancelAsync(owned, cancel.OrderIds, cancellationToken);
                    return false;
                case PlanStep.Wait:
                    return false;
                case PlanStep.Place place:
                    return await PlaceAsync(owned, target, context, place, traffic, cancellationToken);
                case PlanStep.Protect protect:
                    return await WriteAsync(owned, target, context, protect, cancellationToken);
                case PlanStep.Refuse refuse:
                    await EndAsync(owned, target, new PlanEnd(refuse.Refusal.Code, refuse.Refusal.Message), cancellationToken);
                    return true;
                case PlanStep.Done done:
                    await EndAsync(owned, target, new PlanEnd(null, done.Note), cancellationToken);
                    return true;
            }
        }

        return false;
    }

    /// <summary>Writes the end of a plan.</summary>
    public async Task EndAsync(OwnedAccount owned, PlanTarget target, PlanEnd end, CancellationToken cancellationToken)
    {
        await using var write = await leases.BeginAsync(owned.Claim, cancellationToken);
        await AdvanceAsync(write, owned, target, end, cancellationToken);
    }

    private async Task AdvanceAsync(AccountWrite write, OwnedAccount owned, PlanTarget target, PlanEnd? end, CancellationToken cancellationToken)
    {
        if (await target.AdvanceAsync(write.Db, end, cancellationToken))
        {
            await write.CommitAsync(cancellationToken);
            Announce(owned, target);
        }
    }

    private async Task AskToCancelAsync(OwnedAccount owned, IReadOnlyList<Guid> orderIds, CancellationToken cancellationToken)
    {
        await using var write = await leases.BeginAsync(owned.Claim, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        await write.Db.Orders.Where(o => orderIds.Contains(o.Id)).AskToCancelAsync(now, cancellationToken);
        await write.CommitAsync(cancellationToken);
        feed.Publish(new LiveEvent(owned.UserId, LiveKind.Order, Guid.Empty, owned.Id));
    }

    private async Task<bool> PlaceAsync(
        OwnedAccount owned, PlanTarget target, PlanContext context, PlanStep.Place place, OrderTraffic traffic, CancellationToken cancellationToken)
    {
        await using var write = await leases.BeginAsync(owned.Claim, cancellationToken);
        var placement = await placer.PlaceAsync(write.Db, Request(owned, target, context, place), owned.Account, cancellationToken);
        if (placement.Order is not { } order)
        {
            await AdvanceAsync(write, owned, target, new PlanEnd(placement.Refusal!.Code, placement.Refusal.Message), cancellationToken);
            return true;
        }

        placer.Submit(write.Db, order, time.GetUtcNow().UtcDateTime);
        var end = await RestAsync(write.Db, owned, context with { OwnOrders = [.. context.OwnOrders, order], OpenOrders = [.. context.OpenOrders, order] }, place.Note, cancellationToken);
        if (!await target.AdvanceAsync(write.Db, end, cancellationToken))
        {
            return true;
        }

        Failpoint.Reach("plan.beforeCommit");
        await write.CommitAsync(cancellationToken);
        Failpoint.Reach("plan.afterCommit");
        traffic.Start(Errand.Send, order, () => executor.SendAsync(owned.Exchange, order, placement.Ticket!, CancellationToken.None));

        // When that was all, the answer wakes the loop: reading everything again now would only slow the sending down. New protection is
        // more to do at once, for coins that are held already.
        var isAll = end is not null && !write.Db.Positions.Local.Any(p => p.Protection is not null);
        feed.Publish(new LiveEvent(owned.UserId, LiveKind.Order, order.Id, owned.Id, IsNotice: isAll));
        Announce(owned, target, isNotice: isAll);
        return end is not null;
    }

    private async Task<bool> WriteAsync(
        OwnedAccount owned, PlanTarget target, PlanContext context, PlanStep.Protect protect, CancellationToken cancellationToken)
    {
        await using var write = await leases.BeginAsync(owned.Claim, cancellationToken);
        context = await ProtectAsync(write.Db, owned, context, protect.Plan, cancellationToken);
        var end = await RestAsync(write.Db, owned, context, null, cancellationToken);
        await AdvanceAsync(write, owned, target, end, cancellationToken);
        return end is not null;
    }

    /// <summary>Steps that cost no question and no order go into the same commit.</summary>
    /// <returns>The end, or null when there is more to come later.</returns>
    private async Task<PlanEnd?> RestAsync(AppDb db, OwnedAccount owned, PlanContext context, string? note, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (SignalPlanner.Next(context))
            {
                case PlanStep.Protect protect:
                    context = await ProtectAsync(db, owned, context, protect.Plan, cancellationToken);
                    continue;
                case PlanStep.Done done:
                    return new PlanEnd(null, done.Note ?? note);
                default:
                    return null;
            }
        }
    }

    private async Task<PlanContext> ProtectAsync(
        AppDb db, OwnedAccount owned, PlanContext context, ProtectionPlan plan, CancellationToken cancellationToken)
    {
        var market = context.Market;
        var position = await db.Positions.SingleOrDefaultAsync(p => p.AccountId == owned.Id && p.Symbol == market.Symbol, cancellationToken)
            ?? db.Positions.Local.FirstOrDefault(p => p.Symbol == market.Symbol)
            ?? db.Add(new Position
            {
                Id = ids.Next(),
                UserId = owned.UserId,
                AccountId = owned.Id,
                Symbol = market.Symbol,
                Base = market.Base,
                Quote = market.Quote,
            }).Entity;
        if (context.Position is { } seen && seen.Version != position.Version)
        {
            throw new DbUpdateConcurrencyException("The position changed while its protection was planned.");
        }

        position.Protection = plan.Write();
        position.UpdatedAt = time.GetUtcNow().UtcDateTime;
        position.Version++;
        return context with { Position = position };
    }

    private static OrderRequest Request(OwnedAccount owned, PlanTarget target, PlanContext context, PlanStep.Place place) => new()
    {
        UserId = owned.UserId,
        AccountId = owned.Id,
        WebhookId = target.WebhookId,
        Origin = target.Origin,
        OriginId = target.OriginId,
        Leg = place.Leg,
        Symbol = context.Market.Symbol,
        Draft = place.Draft with { ReduceOnly = place.ReduceOnly },
        ReferencePrice = place.ReferencePrice ?? context.Price?.Last,
        Rounded = place.Rounded,
        ExpiresAt = target.ExpiresAt == DateTime.MaxValue ? null : target.ExpiresAt,
    };

    private void Announce(OwnedAccount owned, PlanTarget target, bool isNotice = false)
    {
        var isSignal = target.Origin == OrderOrigin.Signal;
        feed.Publish(new LiveEvent(
            owned.UserId, isSignal ? LiveKind.Signal : LiveKind.Position, target.RowId, owned.Id, isNotice));
    }
}
