namespace ExEngine.Core.Orders;

/// <summary>Where an order is; the moves between are in <see cref="OrderTransitions"/>.</summary>
public enum OrderStatus
{
    /// <summary>Written, not sent.</summary>
    Planned,

    /// <summary>Final: not sent, because trading is halted, it expired, or a local check failed.</summary>
    Denied,

    /// <summary>Committed, and being sent.</summary>
    Submitting,

    /// <summary>Sent without a definite answer: it may be live. Settled by asking.</summary>
    Unknown,

    /// <summary>Unknown for longer than the exchange can explain; still asked about, and shown as an alarm.</summary>
    NeedsOperator,
    Open,
    PartiallyFilled,

    /// <summary>A cancel was asked for and is not yet proven.</summary>
    CancelPending,

    /// <summary>Final.</summary>
    Filled,

    /// <summary>Final, maybe with part filled; a late fill may still complete it.</summary>
    Canceled,

    /// <summary>Final, maybe with part filled: ended by the exchange.</summary>
    Expired,

    /// <summary>Final: the exchange refused it.</summary>
    Rejected,

    /// <summary>Final: proven never to have reached the exchange, or a person looked there and said so.</summary>
    NotPlaced,
}
