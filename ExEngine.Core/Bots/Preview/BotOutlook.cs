using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Recurring;

namespace ExEngine.Core.Bots.Preview;

/// <summary>All that is shown of a bot before a cent moves.</summary>
/// <param name="Falls">If the price falls by so many percent.</param>
/// <param name="Stops">At the stop, and 2 % worse; empty without one.</param>
public sealed record BotOutlook(BotPreview Preview, IReadOnlyList<FallPreview> Falls, IReadOnlyList<FallPreview> Stops)
{
    /// <summary>Percent.</summary>
    public static readonly IReadOnlyList<decimal> UsualFalls = [5, 10, 20, 30, 50];

    /// <param name="falls">Percent, above 0 and below 100.</param>
    public static BotOutlook Of(BotDraft draft, BotContext context, IReadOnlyList<decimal>? falls = null)
    {
        try
        {
            var percents = context.Price is > 0 ? falls ?? UsualFalls : [];
            return draft switch
            {
                { Dca: { } dca } => new(
                    DcaPreview.Of(dca, context),
                    [.. percents.Select(p => DcaPreview.Fall(dca, context, p))],
                    DcaPreview.Stop(dca, context)
                ),
                { Grid: { } grid } => new(
                    GridPreview.Of(grid, context),
                    [.. percents.Select(p => GridPreview.Fall(grid, context, p))],
                    Stop(grid, context)
                ),
                _ => new(
                    RecurringPreview.Of(draft.Recurring!, context),
                    [.. percents.Select(p => RecurringPreview.Fall(draft.Recurring!, context, p))],
                    []
                ),
            };
        }
        catch (OverflowException)
        {
            var problem = "These numbers are too large to be counted with; state smaller ones.";
            return new(new([], 0, 0, [problem], []), [], []);
        }
    }

    private static IReadOnlyList<FallPreview> Stop(GridSettings settings, BotContext context)
    {
        if (settings.StopLossPrice is not { } stop || context.Price is not > 0 || stop >= context.Price)
        {
            return [];
        }

        var price = context.Price.Value;
        return [At(stop), At(settings.Direction.Worse(stop, 2))];

        FallPreview At(decimal to) => GridPreview.Fall(settings, context, (price - to) / price * 100);
    }
}
