using ExEngine.Core.Exchanges;

namespace ExEngine.Core.Orders;

/// <summary>What <c>OrderReconciler</c> concluded: everything null or false leaves the order as it is.</summary>
public sealed record OrderChange
{
    /// <summary>The state it moves to; always a move of <see cref="OrderTransitions"/>.</summary>
    public OrderStatus? To { get; init; }
    public string? Code { get; init; }

    /// <summary>One sentence for people.</summary>
    public string? Reason { get; init; }

    /// <summary>The exchange's view that this rests on.</summary>
    public ExchangeOrder? Seen { get; init; }

    /// <summary>UTC instant of a look that did not find it; the count of such looks in a row grows.</summary>
    public DateTime? AbsentAt { get; init; }

    /// <summary>UTC of the next look or, for a planned order, of the next sending.</summary>
    public DateTime? NextLookAt { get; init; }

    /// <summary>Proven absent with time to live left: the same leg is to be planned again under the next generation.</summary>
    public bool SendAgain { get; init; }
}
