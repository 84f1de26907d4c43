using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Dca;

/// <summary>The whole ladder of a DCA bot at a price, each line checked against the market's real rules.</summary>
public static class DcaPreview
{
    public static BotPreview Of(DcaSettings settings, BotContext context)
    {
        if (context.Price is not (> 0 and var price) || DealOpening.Quantity(settings, context, 1) is not { } asked)
        {
            return new([], 0, 0, ["There is no price, or no equity, to count with; try again."], []);
        }

        var quantity = context.Market.QuantityIncrements.Down(asked);
        var lines = Lines(settings, context, price, quantity);
        var fee = 1 + context.Fees.OnCost(context.Fees.Taker(settings.Direction.EntrySide()));
        var now = lines.Take(1 + settings.ActiveSafetyOrders).Sum(l => l.Cost) * fee;
        var worst = lines.Sum(l => l.Cost) * fee * settings.MaxActiveDeals;
        return new(lines, now, worst, Problems(settings, context, price, worst), Warnings(settings, context));
    }

    /// <summary>What a deal at this price would be after a fall (for a short: a rise) of so many percent.</summary>
    public static FallPreview Fall(DcaSettings settings, BotContext context, decimal percent)
    {
        var price = context.Price ?? 0;
        var to = settings.Direction.Worse(price, percent);
        var quantity = context.Market.QuantityIncrements.Down(DealOpening.Quantity(settings, context, 1) ?? 0);
        var book = Enter(BotBook.Empty, settings, context, price, quantity, isTaker: true);
        foreach (var level in DcaLadder.Of(settings, context.Market, price).Where(l => settings.Direction.HasFallenTo(to, l.Price)))
        {
            book = Enter(book, settings, context, level.Price, level.Quantity, isTaker: false);
        }

        return At(settings, context, book, to, percent);
    }

    /// <summary>At the stop of the full deal, and so many percent worse than it. Empty without a stop in percent.</summary>
    public static IReadOnlyList<FallPreview> Stop(DcaSettings settings, BotContext context, decimal worse = 2)
    {
        if (settings.StopLoss?.Percent is not { } percent || context.Price is not { } price)
        {
            return [];
        }

        var quantity = context.Market.QuantityIncrements.Down(DealOpening.Quantity(settings, context, 1) ?? 0);
        var book = Enter(BotBook.Empty, settings, context, price, quantity, isTaker: true);
        foreach (var level in DcaLadder.Of(settings, context.Market, price))
        {
            book = Enter(book, settings, context, level.Price, level.Quantity, isTaker: false);
        }

        var from = settings.StopLoss.From == PriceBase.Average ? book.Average ?? price : price;
        var stop = settings.Direction.Worse(from, percent);
        return [At(settings, context, book, stop, percent), At(settings, context, book, settings.Direction.Worse(stop, worse), percent)];
    }

    private static FallPreview At(DcaSettings settings, BotContext context, BotBook book, decimal price, decimal percent)
    {
        var (entry, exit) = (settings.Direction.EntrySide(), settings.Direction.ExitSide());
        var fees =
            (book.Held * price * context.Fees.Taker(exit))
            + (context.Fees.Coin == FeeCoin.Third ? book.BareCost * context.Fees.Taker(entry) : 0);
        return new(percent, price, book.Held, book.Average, BookMath.Floating(book, settings.Direction, price) - fees);
    }

    private static List<PreviewLine> Lines(DcaSettings settings, BotContext context, decimal price, decimal quantity)
    {
        var side = settings.Direction.EntrySide();
        var book = Enter(BotBook.Empty, settings, context, price, quantity, isTaker: true);
        var start = DealOpening.Order(settings, context, quantity).Refusal?.Message;
        var lines = new List<PreviewLine> { Line(settings, context, book, price * quantity, 0, 0, price, quantity, start) };
        foreach (var level in DcaLadder.Of(settings, context.Market, price))
        {
            var problem =
                level.Quantity > 0
                    ? BotPlanBuilder.Fit(context.Market, price, side, level.Price, level.Quantity).Refusal?.Message
                    : $"{level.Amount:0.########} {context.Market.Quote} are too little for one step at {level.Price}; ask for more.";
            book = Enter(book, settings, context, level.Price, level.Quantity, isTaker: false);
            lines.Add(
                Line(settings, context, book, price * quantity, level.Number, level.Deviation, level.Price, level.Quantity, problem) with
                {
                    IsVirtual = level.Number > settings.ActiveSafetyOrders,
                }
            );
        }

        return lines;
    }

    private static PreviewLine Line(
        DcaSettings settings,
        BotContext context,
        BotBook book,
        decimal baseCost,
        int index,
        decimal deviation,
        decimal price,
        decimal quantity,
        string? problem
    )
    {
        var line = new PreviewLine
        {
            Index = index,
            Side = settings.Direction.EntrySide(),
            Price = price,
            Quantity = quantity,
            Deviation = deviation,
            Problem = problem,
        };
        if (book.Average is not { } average)
        {
            return line;
        }

        var last = settings.TakeProfit.All()[^1].Percent;
        var bare = Target(settings.TakeProfit with { NetOfFees = false });
        var net = Target(settings.TakeProfit with { NetOfFees = true });
        var used = settings.TakeProfit.NetOfFees ? net : bare;
        return line with
        {
            Average = average,
            TakeProfit = DcaMath.OnTick(settings.Direction, used, context.Market),
            NetTakeProfit = net,
            NeededRise = (used - price) / price * 100 * settings.Direction.Sign(),
        };

        decimal Target(DcaTakeProfit how) => DcaMath.Target(settings.Direction, book, last, how, baseCost, context.Fees);
    }

    private static List<string> Problems(DcaSettings settings, BotContext context, decimal price, decimal worst)
    {
        var problems = new List<string>();
        if (context.FreeQuote is { } free && free < worst && settings.Direction == BotDirection.Long)
        {
            problems.Add(
                $"All deals take {worst:0.########} {context.Market.Quote} at worst, and {free:0.########} are free; use less, or bring {worst - free:0.########} more."
            );
        }

        if (price < settings.MinPrice || price > settings.MaxPrice)
        {
            problems.Add($"The price {price} is outside the window, so no deal begins now; wait, or change the window.");
        }

        return problems;
    }

    private static List<string> Warnings(DcaSettings settings, BotContext context)
    {
        var warnings = new List<string>();
        var last = settings.TakeProfit.All()[^1].Percent;
        var keeps = DcaMath.TrailingKeeps(settings.TakeProfit, last, context.Fees, settings.Direction);
        if (keeps <= 1)
        {
            warnings.Add(
                settings.TakeProfit.Trailing is { } trailing
                    ? $"Take-profit {last} % with trailing {trailing} % can end at {(keeps - 1) * 100:0.###} % after fees; trail closer, or state a minimum profit."
                    : $"Take-profit {last} % leaves {(keeps - 1) * 100:0.###} % after fees; state a higher one."
            );
        }

        if (settings.StopLoss is { Percent: not null, From: PriceBase.Average })
        {
            warnings.Add("The stop counts from the average, so each safety order moves it down.");
        }

        return warnings;
    }

    private static BotBook Enter(BotBook book, DcaSettings settings, BotContext context, decimal price, decimal quantity, bool isTaker)
    {
        if (quantity <= 0)
        {
            return book;
        }

        var side = settings.Direction.EntrySide();
        var rate = isTaker ? context.Fees.Taker(side) : context.Fees.Maker(side);
        var (fee, asset) =
            context.Fees.Coin == FeeCoin.Third ? (0m, (string?)null)
            : context.Fees.Coin == FeeCoin.Base && side == OrderSide.Buy ? (quantity * rate, context.Market.Base)
            : (price * quantity * rate, context.Market.Quote);
        var fill = new BotFill("", default, side, price, quantity, price * quantity, fee, asset, context.Now);
        return BookMath.Apply(book, settings.Direction, fill, context.Market);
    }
}
