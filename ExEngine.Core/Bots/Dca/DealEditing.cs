namespace ExEngine.Core.Bots.Dca;

/// <summary>
/// Gives a running deal the bot's settings: what was bought stays as it was bought, what is still to come goes by the new settings. The
/// orders are compared with them afterwards, by <see cref="DealEntries"/> and <see cref="DealExits"/>.
/// </summary>
internal static class DealEditing
{
    /// <summary>A deal that is being closed stays as it is.</summary>
    public static Deal With(Deal deal, DcaSettings settings, BotPlanBuilder run)
    {
        if (deal.Closing is not null)
        {
            return deal;
        }

        var merged = Merged(deal, settings);
        var isTargetNew = deal.TakeProfitEdit is not null || !IsSame(deal.Settings.TakeProfit, merged.TakeProfit);
        run.Note(BotNote.Info, $"Deal {deal.Number}: it goes by the changed settings from here on");
        return deal with
        {
            Settings = merged,
            Lines = deal.BasePrice is null ? deal.Lines : [.. DcaLadder.Steps(merged).Select((_, i) => LineOf(deal, i + 1))],
            IsEdited = true,
            Basis = deal.Basis + (isTargetNew ? 1 : 0),
            Peak = isTargetNew ? null : deal.Peak,
            TakeProfitEdit = null,
            StopLossEdit = null,
        };
    }

    /// <summary>How many safety orders from the first are bought, in whole or in part, and cannot be changed.</summary>
    public static int Bought(Deal deal) =>
        deal.Lines.Where(l => l.Filled > 0 || l.Status == LineStatus.Done).Select(l => l.Number).DefaultIfEmpty().Max();

    /// <param name="name">Of a slot, without its deal.</param>
    public static bool IsSafety(string name) => name.StartsWith("so", StringComparison.Ordinal);

    private static DcaSettings Merged(Deal deal, DcaSettings settings)
    {
        var (bought, before, after) = (Bought(deal), DcaLadder.Steps(deal.Settings), DcaLadder.Steps(settings));
        var isAsBought = before.Take(bought).SequenceEqual(after.Take(bought));
        return settings with
        {
            Direction = deal.Settings.Direction,
            CustomLadder = isAsBought ? settings.CustomLadder : [.. before.Take(bought), .. after.Skip(bought)],
        };
    }

    // What waited for funds, or did not fit the market, is looked at anew with the new amounts.
    private static SafetyLine LineOf(Deal deal, int number) =>
        deal.Lines.FirstOrDefault(l => l.Number == number) is not { } line ? new SafetyLine { Number = number }
        : line.Status is LineStatus.WaitingFunds or LineStatus.NeedsYou
            ? new SafetyLine
            {
                Number = number,
                Filled = line.Filled,
                PutBackAt = line.PutBackAt,
            }
        : line;

    private static bool IsSame(DcaTakeProfit one, DcaTakeProfit other) =>
        one with { Steps = [] } == other with { Steps = [] } && one.Steps.SequenceEqual(other.Steps);
}
