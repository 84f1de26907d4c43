namespace ExEngine.Core.Orders.Queries;

/// <summary>States that a reader looks for together.</summary>
public enum OrderGroup
{
    /// <summary>Not final.</summary>
    Active,

    /// <summary>What became of it is not known.</summary>
    Attention,

    /// <summary>Cancelled, expired, or never placed.</summary>
    Ended,

    /// <summary>By this product or by the exchange.</summary>
    Refused,
}

public static class OrderGroups
{
    public static IReadOnlyList<OrderStatus> Statuses(this OrderGroup group) =>
        group switch
        {
            OrderGroup.Active => [.. Enum.GetValues<OrderStatus>().Where(s => !s.IsFinal())],
            OrderGroup.Attention => [OrderStatus.Unknown, OrderStatus.NeedsOperator],
            OrderGroup.Ended => [OrderStatus.Canceled, OrderStatus.Expired, OrderStatus.NotPlaced],
            OrderGroup.Refused => [OrderStatus.Denied, OrderStatus.Rejected],
            _ => throw new ArgumentOutOfRangeException(nameof(group)),
        };
}
