using ExEngine.Core.Data;
using ExEngine.Core.Engine.Leases;
using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Planning;
using ExEngine.Core.Positions;

namespace ExEngine.Core.Engine.Planning;

/// <summary>What a plan is made for: a signal, or somebody's wish to close a position.</summary>
internal abstract class PlanSubject
{
    public required OrderOrigin Origin { get; init; }
    public required Guid OriginId { get; init; }

    /// <summary>The signal's row, or the position's.</summary>
    public virtual Guid RowId => OriginId;
    public Guid? WebhookId { get; init; }

    /// <summary>Whose position it is about; it sees no other owner's coins.</summary>
    public required PositionOwner Owner { get; init; }
    public required string Symbol { get; init; }
    public required SignalDraft Draft { get; init; }

    /// <summary>What happens to a stated number that is off the market's increment.</summary>
    public required Rounding Rounding { get; init; }

    /// <summary>In percent, of market entries; null is no limit.</summary>
    public decimal? MaxSlippage { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>UTC instant since when it is wanted.</summary>
    public required DateTime WantedSince { get; init; }

    /// <summary>It sells what is held: wanted until that is done, with a time to live of its own, and an alarm when it lasts.</summary>
    public required bool IsExit { get; init; }

    /// <summary>False while no order of it can exist, which saves looking for them.</summary>
    public required bool HasOrders { get; init; }

    /// <summary>An order of the plan, as it is asked for.</summary>
    public OrderRequest Request(AccountSession session, PlanContext context, PlanStep.Place place) =>
        new()
        {
            UserId = session.UserId,
            AccountId = session.Id,
            WebhookId = WebhookId,
            Owner = Owner,
            Origin = Origin,
            OriginId = OriginId,
            Leg = place.Leg,
            Effect = place.Effect,
            Order = place.Order,
            ReferencePrice = place.ReferencePrice ?? context.Price?.Last,
            Rounded = place.Rounded,
            ExpiresAt = ExpiresAt == DateTime.MaxValue ? null : ExpiresAt,
        };

    /// <summary>Writes that the plan went one step further.</summary>
    /// <param name="end">Null while there are more steps.</param>
    /// <param name="note">What the reader should know of this step, kept unless a later one says more.</param>
    /// <returns>False when there is nothing to plan for any more: it was deleted, or somebody else was quicker.</returns>
    public abstract Task<bool> AdvanceAsync(AppDb db, PlanEnd? end, string? note, CancellationToken cancellationToken);
}

/// <summary>How planning ended.</summary>
/// <param name="Code">Of the refusal; null when all that was to be done is on its way.</param>
/// <param name="Reason">For people; a note when there is no code.</param>
internal sealed record PlanEnd(string? Code, string? Reason);
