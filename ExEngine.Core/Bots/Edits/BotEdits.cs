using ExEngine.Core.Bots.Running;

namespace ExEngine.Core.Bots.Edits;

/// <summary>What an edit asks of the planner of a bot: the same for what is saved and for what is only previewed.</summary>
public static class BotEdits
{
    /// <param name="settings">JSON of the kind, as it is stored.</param>
    public static IReadOnlyList<BotEvent> Asked(Bot bot, string settings, bool applyToDeals) =>
        !bot.IsActive ? []
        : bot.Kind == BotKind.Grid && settings != bot.Settings ? [new BotEvent.RangeEdited()]
        : bot.Kind == BotKind.Dca && applyToDeals ? [new BotEvent.DealsEdited()]
        : [];
}
