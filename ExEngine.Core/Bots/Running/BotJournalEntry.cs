namespace ExEngine.Core.Bots.Running;

/// <summary>A line of a bot's journal: what was decided, by whom, and why.</summary>
public sealed class BotJournalEntry
{
    public const int MaxText = 1024;

    /// <summary>Grows with time.</summary>
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public Guid AccountId { get; set; }
    public Guid BotId { get; set; }
    public DateTime At { get; set; }
    public BotNote Kind { get; set; }
    public required string Text { get; set; }

    /// <summary>JSON of the settings from here on; null for lines that changed none.</summary>
    public string? Settings { get; set; }
}
