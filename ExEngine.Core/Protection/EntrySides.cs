using ExEngine.Core.Markets;
using ExEngine.Core.Text;

namespace ExEngine.Core.Protection;

/// <summary>
/// Whether the stop and the targets that come with a buy are on their side of what it will cost: one that is not would sell at once what
/// was just bought. Percentages always are. Pure.
/// </summary>
public static class EntrySides
{
    /// <param name="last">Quote per base; null when no price is known.</param>
    public static OrderRefusal? Check(ProtectionInput protection, ValidatedOrder order, decimal? last)
    {
        var stop = protection.StopLoss?.Price;
        var targets = protection.TakeProfits.Select(t => t.Price).OfType<decimal>().ToList();
        if (protection.Confirm == true || (stop is null && targets.Count == 0))
        {
            return null;
        }

        if (Expected(order.Draft, last) is not { } entry)
        {
            return new(
                ProtectionCodes.MarketPriceUnknown,
                "price",
                null,
                null,
                [],
                "There is no price now to hold the stop and the targets against. State them in percent, or try again."
            );
        }

        return stop >= entry
                ? Refusal(
                    ProtectionCodes.StopNotBelowMarket,
                    "stopLoss",
                    stop.Value,
                    entry,
                    $"The stop-loss at {ExactJson.Text(stop.Value)} is not below the entry at {ExactJson.Text(entry)}: what is bought would be sold at once. State a lower one."
                )
            : targets.Exists(t => t <= entry)
                ? Refusal(
                    ProtectionCodes.TargetNotAboveMarket,
                    "takeProfits",
                    targets.Min(),
                    entry,
                    $"The take-profit at {ExactJson.Text(targets.Min())} is not above the entry at {ExactJson.Text(entry)}: its part would be sold at once. State a higher one."
                )
            : null;
    }

    /// <summary>Quote per base: what an order will pay as far as one can tell; null when no price is known that it needs.</summary>
    public static decimal? Expected(OrderDraft order, decimal? last) =>
        order.Type switch
        {
            OrderType.Market => last,
            // A limit above the market buys at the market.
            OrderType.Limit => last is { } now && now < order.Price ? now : order.Price,
            _ => order.StopPrice,
        };

    private static OrderRefusal Refusal(string code, string field, decimal asked, decimal limit, string message) =>
        new(code, field, ExactJson.Text(asked), ExactJson.Text(limit), [], message);
}
