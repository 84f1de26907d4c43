using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Grid;

/// <summary>All lines of a grid bot at a price, each checked against the market's real rules.</summary>
public static class GridPreview
{
    /// <param name="orderLimit">How many orders the symbol still takes on the account; null where it is not known.</param>
    public static BotPreview Of(GridSettings settings, BotContext context, int? orderLimit = null)
    {
        if (context.Price is not (> 0 and var price))
        {
            return new([], 0, 0, ["There is no price to count with; try again."], []);
        }

        var lines = GridMath.Lines(settings, context.Market);
        var at = settings.TriggerPrice ?? price;
        var size = GridSize.Of(settings, context.Market, context.Fees, at);
        var shown = Enumerable
            .Range(0, lines.Count)
            .Where(i => i != size.EmptyLine)
            .Select(i => Line(settings, context, lines, size, i))
            .ToList();
        if (size.Initial > 0)
        {
            shown.Insert(0, Start(settings, context, size, at));
        }

        var fee = 1 + context.Fees.OnCost(context.Fees.BuyMaker);
        var virtuals = shown.Where(l => l.IsVirtual && l.Side == settings.Direction.EntrySide()).Sum(l => l.Cost) * fee;
        return new(
            shown,
            size.Total - virtuals,
            size.Total,
            Problems(settings, context, lines, size),
            Warnings(settings, context, lines, orderLimit)
        );
    }

    /// <summary>What a grid started at this price would be after a fall straight down by so many percent.</summary>
    public static FallPreview Fall(GridSettings settings, BotContext context, decimal percent)
    {
        var price = context.Price ?? 0;
        var to = settings.Direction.Worse(price, percent);
        var lines = GridMath.Lines(settings, context.Market);
        var size = GridSize.Of(settings, context.Market, context.Fees, price);
        var isLong = settings.Direction == BotDirection.Long;
        var entries = isLong ? lines.Take(size.EmptyLine) : lines.Skip(size.EmptyLine + 1);
        var filled = entries.Where(l => settings.Direction.HasFallenTo(to, l)).ToList();
        var (start, sum) = (size.Initial + settings.UseOwnBase, filled.Sum() * size.Quantity);
        var bought = start + (filled.Count * size.Quantity);
        var cost = (start * price) + sum;
        var fees = (size.Initial * price * context.Fees.BuyTaker) + (sum * context.Fees.BuyMaker) + (bought * to * context.Fees.SellTaker);
        return new(percent, to, bought, bought > 0 ? cost / bought : null, (settings.Direction.Sign() * ((bought * to) - cost)) - fees);
    }

    private static PreviewLine Start(GridSettings settings, BotContext context, GridSize size, decimal price)
    {
        var side = settings.Direction.EntrySide();
        return new()
        {
            Index = -1,
            Side = side,
            Price = price,
            Quantity = size.Initial,
            Problem = BotPlanBuilder.Fit(context.Market, price, side, null, size.Initial).Refusal?.Message,
        };
    }

    private static PreviewLine Line(GridSettings settings, BotContext context, IReadOnlyList<decimal> lines, GridSize size, int i)
    {
        var side = i < size.EmptyLine ? OrderSide.Buy : OrderSide.Sell;

        // The pair that this order belongs to: a buy with the line above, a sell with the line below.
        var (lower, upper) = side == OrderSide.Buy ? (lines[i], lines[i + 1]) : (lines[i - 1], lines[i]);
        var problem =
            size.Quantity > 0
                ? BotPlanBuilder.Fit(context.Market, context.Price, side, lines[i], size.Quantity).Refusal?.Message
                : "The investment is too small for one step; invest more, or use fewer lines.";
        return new()
        {
            Index = i,
            Side = side,
            Price = lines[i],
            Quantity = size.Quantity,
            Net = GridMath.PairNet(size.Quantity, lower, upper, context.Fees),
            NetPercent = lower > 0 ? GridMath.PairPercent(lower, upper, context.Fees) : null,
            IsVirtual = Math.Abs(i - size.EmptyLine) > (settings.MaxActiveLines ?? int.MaxValue),
            Problem = problem,
        };
    }

    private static List<string> Problems(GridSettings settings, BotContext context, IReadOnlyList<decimal> lines, GridSize size)
    {
        var problems = new List<string>();
        if (lines.Zip(lines.Skip(1)).FirstOrDefault(p => p.First >= p.Second) is { Second: > 0 } same)
        {
            problems.Add($"Two lines are the same on the tick, at {same.Second}; use fewer lines, or a wider range.");
        }
        else if (
            lines.Zip(lines.Skip(1)).FirstOrDefault(p => GridMath.PairNet(1, p.First, p.Second, context.Fees) <= 0) is { Second: > 0 } pair
        )
        {
            problems.Add(
                $"The pair {pair.First} – {pair.Second} earns nothing after fees: its lines are {(pair.Second / pair.First * 100) - 100:0.####} % apart, and break-even is {GridMath.BreakEven(context.Fees):0.####} %; use fewer lines, or a wider range."
            );
        }

        if (size.Total > settings.Investment)
        {
            problems.Add(
                $"These lines take {size.Total:0.########} {context.Market.Quote}, and {settings.Investment:0.########} are invested; state a smaller quantity, or invest more."
            );
        }

        if (context.FreeQuote is { } free && free < size.Total && settings.Direction == BotDirection.Long)
        {
            problems.Add($"It takes {size.Total:0.########} {context.Market.Quote}, and {free:0.########} are free; invest less.");
        }

        if (context.FreeBase is { } coins && coins < settings.UseOwnBase)
        {
            problems.Add($"{settings.UseOwnBase} {context.Market.Base} of your own are to be used, and {coins} are free; use fewer.");
        }

        return problems;
    }

    private static List<string> Warnings(GridSettings settings, BotContext context, IReadOnlyList<decimal> lines, int? orderLimit)
    {
        var warnings = new List<string>();
        var orders = Math.Min(settings.Grids, 2L * (settings.MaxActiveLines ?? settings.Grids));
        if (orders > orderLimit)
        {
            warnings.Add(
                $"{orders} orders would rest, and the market takes {orderLimit} more; set the active lines to {orderLimit / 2} a side."
            );
        }

        if (context.Price < lines[0] || context.Price > lines[^1])
        {
            warnings.Add($"The price {context.Price} is outside the range {lines[0]} – {lines[^1]}; nothing is earned until it comes in.");
        }

        if (settings.StopLossPrice is not null || settings.TakeProfitPrice is not null)
        {
            warnings.Add("Stop and take-profit prices are watched by us and leave at market; a gap leaves at what is there.");
        }

        return warnings;
    }
}
