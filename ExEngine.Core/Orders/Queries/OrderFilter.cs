namespace ExEngine.Core.Orders.Queries;

/// <summary>Which of a user's orders are meant. What is null does not narrow.</summary>
public sealed record OrderFilter
{
    public OrderGroup? Group { get; init; }
    public OrderStatus? Status { get; init; }

    /// <summary>Only those that are an alarm: they need a person's look at the exchange, or turned up after one.</summary>
    public bool IsAlarm { get; init; }
    public Guid? AccountId { get; init; }

    /// <summary>Whose position they change; empty for the person's.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The signal, bot, position or button press that they come from.</summary>
    public Guid? OriginId { get; init; }

    /// <summary>Without regard to case: with a slash the whole symbol (<c>BTC/USDT</c>), without one its beginning (<c>btc</c>).</summary>
    public string? Symbol { get; init; }

    /// <summary>First instant of creation, UTC, inclusive.</summary>
    public DateTime? From { get; init; }

    /// <summary>End of creation, UTC, exclusive.</summary>
    public DateTime? To { get; init; }
}
