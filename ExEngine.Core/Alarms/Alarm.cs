namespace ExEngine.Core.Alarms;

/// <summary>
/// Something that a person has to know of, because money may depend on it: one row from its begin to its end. The same trouble of the same
/// thing is one alarm however often it is seen.
/// </summary>
public sealed class Alarm
{
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public AlarmKind Kind { get; set; }

    /// <summary>
    /// What it is about, once per user while it lasts: the id of an order, a position or an account, perhaps with a symbol.
    /// </summary>
    public required string Subject { get; set; }
    public Guid? AccountId { get; set; }
    public string? Symbol { get; set; }
    public Guid? OrderId { get; set; }
    public Guid? PositionId { get; set; }

    /// <summary>For people: what is wrong, with its numbers, and what to do.</summary>
    public required string Message { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Since { get; set; }

    /// <summary>UTC; somebody has seen it.</summary>
    public DateTime? AcknowledgedAt { get; set; }

    /// <summary>UTC; the trouble is over.</summary>
    public DateTime? EndedAt { get; set; }
}

public enum AlarmKind
{
    /// <summary>What became of an order is not known, and asking has not told.</summary>
    OrderUnknown,

    /// <summary>Coins of a protected position are under no stop.</summary>
    StopNotInForce,

    /// <summary>A close or an exit is wanted and not done.</summary>
    ExitNotDone,

    /// <summary>The exchange has less, or more, than the positions say.</summary>
    BooksDiffer,

    /// <summary>The exchange refuses the account's key.</summary>
    KeyRefused,

    /// <summary>The exchange does not answer.</summary>
    ExchangeAway,

    /// <summary>An order was cancelled to be changed, and what was to follow it was refused. Over when somebody has seen it.</summary>
    ChangeNotPlaced,

    /// <summary>A bot waits for an answer, or for money.</summary>
    BotNeedsYou,
}
