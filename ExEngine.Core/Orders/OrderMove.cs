namespace ExEngine.Core.Orders;

/// <summary>One move of one of the orders that came from the same signal.</summary>
/// <param name="At">UTC.</param>
public sealed record OrderMove(Guid OrderId, string Leg, OrderStatus To, DateTime At);
