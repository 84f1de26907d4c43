using System.Globalization;
using ExEngine.Core.Bots.Dca;
using ExEngine.Core.Bots.Grid;
using ExEngine.Core.Bots.Preview;

namespace ExEngine.Core.Bots.Suggestions;

/// <summary>
/// Suggests settings, pure: the same movement, price, rules and budget give the same. They follow from how far the market moves, and are
/// never the best of many that were tried on the same days.
/// </summary>
public static class SuggestionMath
{
    private const int MostGrids = 100;
    private const decimal GeometricFrom = 1.5m;
    private const int MostSafetyOrders = 8;
    private const decimal MostStepScale = 2;
    private const decimal Deepest = 90;

    /// <summary>Above the market's smallest order: prices move while a bot runs.</summary>
    private const decimal Room = 1.2m;

    /// <param name="context">Market, fees and the price of now.</param>
    /// <param name="budget">In quote: what it may take in all.</param>
    public static Suggestion Grid(Movement movement, BotContext context, decimal budget, Boldness boldness)
    {
        var price = context.Price!.Value;
        var z = boldness switch
        {
            Boldness.Careful => 2m,
            Boldness.Middle => 1.5m,
            _ => 1m,
        };
        var factor = movement.Factor(z);
        var ticks = context.Market.PriceIncrements;
        var (lower, upper) = (ticks.Down(price / factor), ticks.Down(price * factor));
        var even = GridMath.BreakEven(context.Fees);
        var spacing = Math.Max(3 * even, 0.5m * movement.AtrHour);
        var isGeometric = upper / lower > GeometricFrom;
        var fits = isGeometric ? movement.Steps(upper / lower, spacing) : (upper - lower) / (price * spacing / 100);
        var least = Least(context, upper);
        var grids = (int)Math.Clamp(Math.Min(fits, least > 0 ? budget / least : fits), 2, MostGrids);
        var settings = new GridSettings
        {
            Lower = lower,
            Upper = upper,
            Grids = grids,
            Spacing = isGeometric ? GridSpacing.Geometric : GridSpacing.Arithmetic,
            Investment = budget,
        };

        // Coarse steps make lines smaller than they were counted.
        while (settings.Grids > 2 && GridPreview.Of(settings, context).Lines.Any(l => l.Problem is not null))
        {
            settings = settings with { Grids = Math.Max(2, settings.Grids * 3 / 4) };
        }

        var reasons = new List<string>
        {
            Text($"In 30 days the price moves by {movement.Sigma:0.##} % as a rule; {z:0.#} times that both ways is {lower} to {upper}."),
            Text(
                $"Lines are {spacing:0.###} % apart: the larger of three times the break-even of {even:0.###} % and half of an hour's range of {movement.AtrHour:0.###} %."
            ),
            Text($"That is room for {Math.Floor(fits):0} intervals; {settings.Grids} keep each line above the market's smallest order."),
            isGeometric
                ? Text($"The highest line is more than {GeometricFrom} times the lowest, so lines are the same percent apart.")
                : "The range is narrow, so lines are the same amount apart.",
        };
        return new(
            BotDraft.Of(settings),
            [
                new("lower", Exact(settings.Lower)),
                new("upper", Exact(settings.Upper)),
                new("grids", Exact(settings.Grids)),
                new("spacing", isGeometric ? "geometric" : "arithmetic"),
                new("investment", Exact(settings.Investment)),
            ],
            reasons
        );
    }

    /// <inheritdoc cref="Grid"/>
    public static Suggestion Dca(Movement movement, BotContext context, decimal budget, Boldness boldness)
    {
        var (room, scale) = boldness switch
        {
            Boldness.Careful => (1.25m, 1.2m),
            Boldness.Middle => (1m, 1.5m),
            _ => (0.75m, 1.8m),
        };
        var deviation = Math.Max(0.1m, Math.Round(movement.AtrFourHours * room, 2));
        var depth = Math.Min(Deepest, movement.WorstFall * room);
        var (count, step) = Ladder(deviation, depth);
        var money = budget / (1 + context.Fees.OnCost(context.Fees.BuyTaker));
        var least = Least(context, context.Price!.Value);
        for (; scale > 1 && First(money, count, scale) < least; scale -= 0.1m) { }

        // Fewer orders before orders that the market would not take.
        for (; count > 1 && First(money, count, scale) < least; (count, step) = (count - 1, Step(deviation, depth, count - 1))) { }

        var order = Math.Floor(First(money, count, scale) * 100) / 100;
        var fees = (context.Fees.BuyTaker + context.Fees.SellMaker) * 100;
        var profit = Math.Ceiling(Math.Max(3 * fees, 0.7m * movement.AtrHour) * 100) / 100;
        var settings = new DcaSettings
        {
            BaseOrder = order,
            SafetyOrder = order,
            MaxSafetyOrders = count,
            ActiveSafetyOrders = Math.Min(2, count),
            Deviation = deviation,
            StepScale = step,
            VolumeScale = scale,
            TakeProfit = new() { Percent = profit },
        };
        var deepest = DcaLadder.Steps(settings)[^1].Deviation;
        return new(
            BotDraft.Of(settings),
            [
                new("baseOrder", Exact(order)),
                new("safetyOrder", Exact(order)),
                new("maxSafetyOrders", Exact(count)),
                new("activeSafetyOrders", Exact(settings.ActiveSafetyOrders)),
                new("deviation", Exact(deviation)),
                new("stepScale", Exact(step)),
                new("volumeScale", Exact(scale)),
                new("takeProfit.percent", Exact(profit)),
            ],
            [
                Text($"Four hours range over {movement.AtrFourHours:0.##} % as a rule; the first safety order is {deviation} % away."),
                Text(
                    $"The deepest fall within 30 days was {movement.WorstFall:0.##} % in the candles that there are; {count} safety orders reach {deepest:0.##} %."
                ),
                Text($"Each is {scale} times the one before, so that all of them take no more than {budget} {context.Market.Quote}."),
                Text(
                    $"The take-profit of {profit} % is the larger of three times the fees of {fees:0.###} % and 0.7 of an hour's range of {movement.AtrHour:0.###} %."
                ),
            ]
        );
    }

    // As few as reach so deep with steps that grow at most twofold; more where that is not enough.
    private static (int Count, decimal Step) Ladder(decimal deviation, decimal depth)
    {
        for (var count = Math.Min(5, Math.Max(1, (int)Math.Ceiling(depth / deviation))); ; count++)
        {
            if (count >= MostSafetyOrders || Reach(deviation, count, MostStepScale) >= depth)
            {
                return (count, Step(deviation, depth, count));
            }
        }
    }

    // Up to the hundredth: as deep as it was, and never beyond what a price can fall.
    private static decimal Step(decimal deviation, decimal depth, int count)
    {
        var step = 1m;
        while (step < MostStepScale && Reach(deviation, count, step) < depth)
        {
            step += 0.01m;
        }

        while (step > 1 && Reach(deviation, count, step) >= 99)
        {
            step -= 0.01m;
        }

        return step;
    }

    private static decimal Reach(decimal deviation, int count, decimal step)
    {
        var (sum, next) = (0m, deviation);
        for (var i = 0; i < count; i++)
        {
            (sum, next) = (sum + next, next * step);
        }

        return sum;
    }

    // The base order is as large as the first safety order.
    private static decimal First(decimal money, int count, decimal scale) => money / (1 + Reach(1, count, scale));

    // In quote.
    private static decimal Least(BotContext context, decimal price) =>
        Math.Max(context.Market.MinNotional ?? 0, (context.Market.MinQuantity ?? 0) * price) * Room;

    private static string Exact(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
