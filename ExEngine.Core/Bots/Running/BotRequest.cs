namespace ExEngine.Core.Bots.Running;

/// <summary>
/// What a person, a webhook or a script asks of a bot: told to its planner once, in the transaction that stores what came of it.
/// </summary>
public sealed class BotRequest
{
    /// <summary>Of the press or of the request: the same one again changes nothing.</summary>
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public Guid AccountId { get; set; }
    public Guid BotId { get; set; }

    /// <summary>JSON of a <see cref="BotEvent"/>.</summary>
    public required string Event { get; set; }
    public DateTime At { get; set; }

    /// <summary>UTC; null while it waits.</summary>
    public DateTime? DoneAt { get; set; }
}
