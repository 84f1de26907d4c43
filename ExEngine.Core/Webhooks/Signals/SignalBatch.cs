namespace ExEngine.Core.Webhooks.Signals;

/// <summary>
/// One group commit. A row cannot know the instant of its own commit, so the writer stores this row with the next one;
/// it is missing only for the last commit before a crash.
/// </summary>
public sealed class SignalBatch
{
    public Guid Id { get; set; }

    /// <summary>UTC instant at which the database confirmed the commit.</summary>
    public DateTime CommittedAt { get; set; }
}
