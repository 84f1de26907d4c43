namespace ExEngine.Core.Orders.Queries;

/// <summary>One transition of one of the orders that came from the same signal.</summary>
/// <param name="At">UTC.</param>
public sealed record OrderTransitionRow(Guid OrderId, string Leg, OrderStatus To, DateTime At);
