namespace ExEngine.Core.Orders;

/// <summary>
/// Every move that an order may make, odd but real ones included: an answer to a cancel may be a fill, an unknown order may
/// turn up in any state, a cancelled one may prove filled, and one that a person called never placed may be there after all. What is not
/// here is an error that is heard.
/// </summary>
public static class OrderTransitions
{
    private static readonly OrderStatus[] Seen =
    [
        OrderStatus.Open,
        OrderStatus.PartiallyFilled,
        OrderStatus.Filled,
        OrderStatus.Canceled,
        OrderStatus.Expired,
        OrderStatus.Rejected,
    ];

    private static readonly Dictionary<OrderStatus, OrderStatus[]> Allowed = new()
    {
        [OrderStatus.Planned] = [OrderStatus.Denied, OrderStatus.Submitting],
        [OrderStatus.Submitting] = [.. Seen, OrderStatus.Unknown, OrderStatus.Planned],
        [OrderStatus.Unknown] = [.. Seen, OrderStatus.NotPlaced, OrderStatus.NeedsOperator],
        [OrderStatus.NeedsOperator] = [.. Seen, OrderStatus.NotPlaced],
        [OrderStatus.Open] =
        [
            OrderStatus.PartiallyFilled,
            OrderStatus.Filled,
            OrderStatus.CancelPending,
            OrderStatus.Canceled,
            OrderStatus.Expired,
            OrderStatus.Rejected,
        ],
        [OrderStatus.PartiallyFilled] = [OrderStatus.Filled, OrderStatus.CancelPending, OrderStatus.Canceled, OrderStatus.Expired],
        [OrderStatus.CancelPending] =
        [
            OrderStatus.Canceled,
            OrderStatus.Filled,
            OrderStatus.Expired,
            OrderStatus.Open,
            OrderStatus.PartiallyFilled,
            OrderStatus.Rejected,
        ],
        [OrderStatus.Canceled] = [OrderStatus.Filled],
        [OrderStatus.Expired] = [OrderStatus.Filled],
        [OrderStatus.Denied] = [],
        [OrderStatus.Filled] = [],
        [OrderStatus.Rejected] = [],
        [OrderStatus.NotPlaced] = Seen,
    };

    /// <summary>
    /// Nothing more is expected of it but, after <see cref="OrderStatus.Canceled"/> and <see cref="OrderStatus.Expired"/>, a late fill,
    /// and after a person's <see cref="OrderStatus.NotPlaced"/> the order itself.
    /// </summary>
    public static bool IsFinal(this OrderStatus status) =>
        status
            is OrderStatus.Denied
                or OrderStatus.Filled
                or OrderStatus.Canceled
                or OrderStatus.Expired
                or OrderStatus.Rejected
                or OrderStatus.NotPlaced;

    /// <summary>It rests at the exchange, as far as is known.</summary>
    public static bool IsResting(this OrderStatus status) =>
        status is OrderStatus.Open or OrderStatus.PartiallyFilled or OrderStatus.CancelPending;

    /// <summary>Something may happen to it at the exchange.</summary>
    public static bool MayChangeThere(this OrderStatus status) =>
        status.IsResting() || status is OrderStatus.Unknown or OrderStatus.NeedsOperator;

    /// <summary>What became of it is not known or not yet begun: nothing else is planned on its symbol meanwhile.</summary>
    public static bool IsUnsettled(this OrderStatus status) =>
        status
            is OrderStatus.Planned
                or OrderStatus.Submitting
                or OrderStatus.Unknown
                or OrderStatus.NeedsOperator
                or OrderStatus.CancelPending;

    public static bool May(OrderStatus from, OrderStatus to) => Allowed[from].Contains(to);

    /// <exception cref="InvalidOperationException">The move is not in the table.</exception>
    public static void Require(OrderStatus from, OrderStatus to)
    {
        if (!May(from, to))
        {
            throw new InvalidOperationException($"An order does not go from {from} to {to}.");
        }
    }
}
