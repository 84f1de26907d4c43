using ExEngine.Core.Bots.Running;

namespace ExEngine.Core.Bots.Import;

/// <summary>A bot of another product in our words.</summary>
/// <param name="Name">Ends with <c>#</c> and the number that it had there, by which alerts may go on calling it.</param>
/// <param name="Symbol">As markets write it; null when none was stated.</param>
/// <param name="Settings">JSON of the kind's settings.</param>
/// <param name="NotCarriedOver">In words: what it had there and has not here, or has in another way.</param>
/// <param name="Missing">Messages by field: what it cannot be made without, because nothing here stands for what it had there.</param>
public sealed record BotImport(
    BotKind Kind,
    string Name,
    string? Symbol,
    string Settings,
    IReadOnlyList<string> NotCarriedOver,
    IReadOnlyDictionary<string, string[]> Missing
);

/// <summary>What became of reading one.</summary>
public abstract record BotImportResult
{
    private BotImportResult() { }

    public sealed record Read(BotImport Import) : BotImportResult;

    /// <param name="Errors">Messages by field: <c>bot.take_profit</c>.</param>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : BotImportResult;
}
