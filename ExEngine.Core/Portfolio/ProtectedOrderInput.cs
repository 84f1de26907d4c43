using ExEngine.Core.Orders.Placement;
using ExEngine.Core.Protection;

namespace ExEngine.Core.Portfolio;

/// <summary>An order as a person or a script states it, with the protection of what it buys.</summary>
public sealed record ProtectedOrderInput : OrderInput
{
    /// <summary>
    /// Takes the place of the position's protection with the order's first fill; an order that never fills leaves that as it is. Only a buy
    /// has one.
    /// </summary>
    public ProtectionInput? Protection { get; set; }
}
