using ExEngine.Core.Markets;

namespace ExEngine.Core.Bots.Recurring;

/// <summary>The buys of the next 30 days at the price of now, checked against the market's rules and the free balance.</summary>
public static class RecurringPreview
{
    private const int Days = 30;

    /// <summary>Of every hour there would be more than anybody reads.</summary>
    private const int Shown = 31;

    public static BotPreview Of(RecurringSettings settings, BotContext context)
    {
        if (context.Price is not (> 0 and var price))
        {
            return new([], 0, 0, ["There is no price to count with; try again."], []);
        }

        var times = Times(settings, context.Now, context.Now.AddDays(Days));
        var (quantity, problem) = Order(settings, context, price);
        var lines = times
            .Take(Shown)
            .Select(
                (at, i) =>
                    new PreviewLine
                    {
                        Index = i,
                        Side = OrderSide.Buy,
                        Price = price,
                        Quantity = quantity,
                        At = at,
                        IsVirtual = true,
                        Problem = i == 0 ? problem : null,
                    }
            )
            .ToList();
        var fee = 1 + context.Fees.OnCost(context.Fees.BuyTaker);
        var worst = times.Count * price * quantity * fee;
        return new(lines, 0, worst, Problems(settings, context, price * quantity * fee), Warnings(settings, context, price, worst));
    }

    /// <summary>All of these buys at the price of now, and then a fall of so many percent.</summary>
    public static FallPreview Fall(RecurringSettings settings, BotContext context, decimal percent)
    {
        var price = context.Price ?? 0;
        var to = price * (1 - (percent / 100));
        var count = Times(settings, context.Now, context.Now.AddDays(Days)).Count;
        var quantity = Order(settings, context, price).Quantity * count;
        var fee = context.Fees.BuyTaker;
        var held = context.Fees.Coin == FeeCoin.Base ? quantity * (1 - fee) : quantity;
        var cost = quantity * price * (context.Fees.Coin == FeeCoin.Base ? 1 : 1 + fee);
        var left = held * to * (1 - context.Fees.SellTaker);
        return new(percent, to, held, held > 0 ? cost / held : null, left - cost);
    }

    /// <summary>UTC, later than <paramref name="after"/>; those that the limit of a month leaves out are not among them.</summary>
    public static IReadOnlyList<DateTime> Times(RecurringSettings settings, DateTime after, DateTime until)
    {
        var (times, month, spent) = (new List<DateTime>(), 0, 0m);
        for (var at = RecurringTime.Next(settings.Schedule, after); at <= until; at = RecurringTime.Next(settings.Schedule, at))
        {
            var its = RecurringTime.Month(settings.Schedule, at);
            (month, spent) = its == month ? (month, spent) : (its, 0);
            if (!(spent + settings.Amount > settings.MonthlyLimit))
            {
                times.Add(at);
                spent += settings.Amount;
            }
        }

        return times;
    }

    private static (decimal Quantity, string? Problem) Order(RecurringSettings settings, BotContext context, decimal price)
    {
        var quantity = price > 0 ? ExactCost.QuantityWithin(settings.Amount, price, context.Market.QuantityIncrements) ?? 0 : 0;
        var verdict = BotPlanBuilder.Fit(context.Market, price, OrderSide.Buy, null, quantity);
        return (quantity, verdict.Refusal?.Message);
    }

    private static List<string> Problems(RecurringSettings settings, BotContext context, decimal cost) =>
        context.FreeQuote is { } free && free < cost
            ? [$"A buy takes {cost:0.########} {context.Market.Quote}, and {free:0.########} are free; use less, or bring more."]
            : [];

    private static List<string> Warnings(RecurringSettings settings, BotContext context, decimal price, decimal worst)
    {
        var warnings = new List<string>();
        if (context.FreeQuote is { } free && free < worst)
        {
            warnings.Add(
                $"The buys of {Days} days take {worst:0.########} {context.Market.Quote}, and {free:0.########} are free; "
                    + "a buy without funds waits."
            );
        }

        if (price < settings.MinPrice || price > settings.MaxPrice)
        {
            warnings.Add($"The price {price} is outside the window: as long as it is, no buy is made.");
        }

        return warnings;
    }
}
