using ExEngine.Core.Markets;
using ExEngine.Core.Orders;

namespace ExEngine.Core.Protection;

/// <summary>What is to be done next for a position's protection: all of it in one transaction.</summary>
/// <param name="Plan">To be stored as the position's protection; null ends it.</param>
/// <param name="IsChanged">The plan differs from the one that came in, so that it has to be stored.</param>
/// <param name="Acts">In this order.</param>
/// <param name="LookAgainAt">UTC: ask again then at the latest; null waits for a fill, an order's move or a price.</param>
public sealed record ProtectionStep(ProtectionPlan? Plan, bool IsChanged, IReadOnlyList<ProtectionAct> Acts, DateTime? LookAgainAt)
{
    /// <summary>A price decides, and the one at hand is too old for that: ask for one.</summary>
    public bool NeedsPrice { get; init; }
}

public abstract record ProtectionAct
{
    private ProtectionAct() { }

    /// <summary>Place a sell order of the origin <see cref="OrderOrigin.Protection"/>.</summary>
    /// <param name="OriginId">Of the plan in force.</param>
    /// <param name="Leg">Never used before with this origin.</param>
    /// <param name="Order">Reduce-only.</param>
    /// <param name="ReferencePrice">Quote per base.</param>
    public sealed record Place(Guid OriginId, string Leg, ValidatedOrder Order, decimal? ReferencePrice) : ProtectionAct
    {
        public OrderDraft Draft => Order.Draft;
    }

    public sealed record Cancel(Guid OrderId) : ProtectionAct;
}
