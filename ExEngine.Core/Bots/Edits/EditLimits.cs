using System.Globalization;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Running;

namespace ExEngine.Core.Bots.Edits;

/// <summary>What cannot be changed of a bot while it runs, and why.</summary>
public static class EditLimits
{
    /// <param name="settings">JSON of the kind, checked.</param>
    /// <param name="applyToDeals">They are to hold for the deals that are open as well.</param>
    public static IReadOnlyList<EditLimit> Of(Bot bot, string settings, bool applyToDeals) =>
        (bot.IsActive, bot.Kind) switch
        {
            (true, BotKind.Grid) => OfGrid(bot, BotText.GridSettings(settings)),
            (true, BotKind.Dca) => OfDeals(bot, BotText.DcaSettings(settings), applyToDeals),
            _ => [],
        };

    private static List<EditLimit> OfGrid(Bot bot, GridSettings after)
    {
        var before = BotText.GridSettings(bot.Settings);
        var limits = new List<EditLimit>();
        if (bot.State is not { } state || BotText.GridState(state).Phase == GridPhase.WaitingTrigger)
        {
            return limits;
        }

        const string Started = "The grid has started, and this counts at its start only; leave it as it was, or clone the bot.";
        Refuse(
            "investment",
            before.Investment != after.Investment,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The grid has started with {before.Investment:0.########}; leave that, and add or withdraw funds on the bot's page."
            )
        );
        Refuse("direction", before.Direction != after.Direction, Started);
        Refuse("useOwnBase", before.UseOwnBase != after.UseOwnBase, Started);
        Refuse("triggerPrice", before.TriggerPrice != after.TriggerPrice, Started);
        Refuse("reserve", before.Reserve != after.Reserve, Started);
        if (before.QuantityPerGrid != after.QuantityPerGrid)
        {
            limits.Add(new("quantityPerGrid", "Lines that stay keep their quantity; new lines have this one.", false));
        }

        return limits;

        void Refuse(string field, bool isChanged, string reason)
        {
            if (isChanged)
            {
                limits.Add(new(field, reason, true));
            }
        }
    }

    private static List<EditLimit> OfDeals(Bot bot, DcaSettings after, bool applyToDeals)
    {
        var before = BotText.DcaSettings(bot.Settings);
        var limits = new List<EditLimit>();
        foreach (var deal in BotCommands.OpenDeals(bot))
        {
            if (deal.Closing is not null)
            {
                limits.Add(new("deals", $"Deal {deal.Number} is being closed and stays as it is.", false));
                continue;
            }

            if (!applyToDeals)
            {
                limits.Add(new("deals", $"Deal {deal.Number} goes on by the settings that it has; these hold from the next deal.", false));
                continue;
            }

            if ((before.BaseOrder, before.BaseOrderUnit) != (after.BaseOrder, after.BaseOrderUnit))
            {
                limits.Add(new("baseOrder", $"Deal {deal.Number} has its base order already; this holds from the next deal.", false));
            }

            var bought = DealEditing.Bought(deal);
            if (bought > 0)
            {
                var which = bought == 1 ? "Safety order 1" : $"Safety orders 1 to {bought}";
                var are = bought == 1 ? "is bought and stays as it was" : "are bought and stay as they were";
                limits.Add(new("safetyOrder", $"{which} of deal {deal.Number} {are}.", false));
            }
        }

        return limits;
    }
}
