namespace ExEngine.Core.Orders;

/// <summary>One move of an order, kept for ever: its history on the page, and the end of a signal's timeline.</summary>
public sealed class OrderTransition
{
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public Guid OrderId { get; set; }

    /// <summary>Null for the first.</summary>
    public OrderStatus? From { get; set; }
    public OrderStatus To { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>Why, in one sentence; null when the states say it.</summary>
    public string? Reason { get; set; }
}
