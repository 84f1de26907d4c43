using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Text;

namespace ExEngine.Core.Bots.Import;

/// <summary>Settings of a grid bot of 3Commas in ours. It counts lines, and we the intervals between them.</summary>
internal static class ThreeCommasGrid
{
    public static GridSettings Read(ThreeCommasFields fields)
    {
        var lines = fields.Whole("grids_quantity") ?? 0;
        var (lower, upper) = (fields.Number("lower_price") ?? 0, fields.Number("upper_price") ?? 0);
        if (lower <= 0 || upper <= 0)
        {
            fields.Missing["settings.lower"] = ["It states no range: upper_price and lower_price are 0 or missing; state both."];
        }

        var settings = Stops(
            fields,
            new GridSettings
            {
                Lower = lower,
                Upper = upper,
                Grids = Math.Max(0, lines - 1),
                Spacing = fields.Text("grid_type") == "geometric" ? GridSpacing.Geometric : GridSpacing.Arithmetic,
                TrailingUp = fields.Flag("trailing_up_enabled"),
                TrailingDown = fields.Flag("trailing_down_enabled"),
                MaxActiveLines = ActiveLines(fields, lines),
                ProfitCurrency = fields.Text("profit_currency_type") == "base" ? ProfitCurrency.Base : ProfitCurrency.Quote,
            }
        );
        Expansion(fields, "up");
        Expansion(fields, "down");
        fields.Has("mode");
        return Size(fields, settings);
    }

    private static GridSettings Size(ThreeCommasFields fields, GridSettings settings)
    {
        var (quantity, spent) = (fields.Positive("quantity_per_grid"), fields.Positive("investment_quote_currency"));
        var isBase = fields.Text("order_currency_type") == "base";
        if (quantity is not { } each)
        {
            if (spent is null)
            {
                fields.Missing["settings.investment"] = ["It states no size: quantity_per_grid is missing; state an investment in quote."];
            }

            return settings with
            {
                Investment = spent ?? 0,
            };
        }

        try
        {
            var most = isBase ? each * settings.Upper * settings.Grids : each * settings.Grids;
            fields.Note(
                isBase
                    ? $"Each line keeps its {ExactJson.Text(each)} in base; the investment is at most {ExactJson.Text(most)} in quote, for all lines at the highest price."
                    : $"{ExactJson.Text(each)} in quote for each line: here the investment of {ExactJson.Text(most)} is spread over the lines, each with the same quantity."
            );
            return settings with { QuantityPerGrid = isBase ? each : null, Investment = most };
        }
        catch (OverflowException)
        {
            fields.Errors["bot.quantity_per_grid"] = ["quantity_per_grid times the lines is too large a number."];
            return settings;
        }
    }

    private static GridSettings Stops(ThreeCommasFields fields, GridSettings settings)
    {
        var (above, below) = (Stop(fields, "upper"), Stop(fields, "lower"));
        if (above is { } up && below is { } down && up.Action != down.Action)
        {
            fields.Note("The two stops end in different ways: here both end as the lower one does.");
        }

        return settings with
        {
            TakeProfitPrice = above?.Price,
            StopLossPrice = below?.Price,
            ExitAction = (below ?? above)?.Action ?? GridExit.SellBase,
        };
    }

    private static (decimal Price, GridExit Action)? Stop(ThreeCommasFields fields, string side)
    {
        var (isOn, price) = (fields.Flag($"{side}_stop_loss_enabled"), fields.Positive($"{side}_stop_loss_price"));
        var sells = fields.Text($"{side}_stop_loss_action") is { } action && action != "stop_bot";
        return isOn && price is { } at ? (at, sells ? GridExit.SellBase : GridExit.KeepBase) : null;
    }

    private static int? ActiveLines(ThreeCommasFields fields, int lines)
    {
        var (buys, sells) = (fields.Whole("max_active_buy_lines"), fields.Whole("max_active_sell_lines"));
        if (buys is { } b && sells is { } s && b != s && (b < lines || s < lines))
        {
            fields.Note($"Active lines of {b} buys and {s} sells: here both sides have the same limit, {Math.Max(1, Math.Min(b, s))}.");
        }

        return (buys, sells) is ({ } one, { } other) && Math.Min(one, other) is var least && least > 0 && least < lines ? least : null;
    }

    private static void Expansion(ThreeCommasFields fields, string way)
    {
        var (isOn, limit) = (fields.Flag($"expansion_{way}_enabled"), fields.Number($"expansion_{way}_stop_price"));
        if (isOn)
        {
            fields.Note(
                $"Expansion {way}{(limit is { } at ? $" to {ExactJson.Text(at)}" : "")}: no lines are added here; the range may trail instead."
            );
        }
    }
}
