using ExEngine.Core.Markets;
using ExEngine.Core.Risk;

namespace ExEngine.Core.Orders.Placement;

/// <summary>Either the order, in the transaction that was given, or why there is none.</summary>
public sealed record PlacementResult(Order? Order, RiskVerdict Verdict)
{
    public OrderRefusal? Refusal => Verdict.Refusal;
}
