using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;
using ExEngine.Core.Positions;
using ExEngine.Core.Text;

namespace ExEngine.Core.Protection;

/// <summary>Whether the stop and the targets of a new plan are on their side of the market: one that is not sells at once. Pure.</summary>
internal static class ProtectionSides
{
    /// <param name="price">Fresh; null when there is none, and then nothing can be told.</param>
    public static OrderRefusal? Check(ProtectionPlan plan, Position position, Market? market, Ticker? price)
    {
        if (plan is { StopLoss: null, TakeProfits: [] })
        {
            return null;
        }

        if (market is null || price is not { Last: > 0 })
        {
            return new(
                ProtectionCodes.MarketPriceUnknown,
                "price",
                null,
                null,
                [],
                $"{position.Symbol} has no fresh price to hold this against; at a wrong one it would sell at once. Try again, or confirm it."
            );
        }

        var average = position.Quantity > 0 ? position.EntryCost / position.Quantity : (decimal?)null;
        var bid = price.Bid is > 0 and var told ? told : price.Last;
        if (plan.StopLoss is { } stop && ProtectionPrices.Fixed(stop, average, market) is { } level && level >= Math.Min(price.Last, bid))
        {
            return Refusal(
                ProtectionCodes.StopNotBelowMarket,
                "stopLoss",
                level,
                price.Last,
                $"The stop-loss at {Text(level)} is not below {position.Symbol} at {Text(price.Last)} {position.Quote}: everything would be sold at once. State a lower one, or confirm it."
            );
        }

        var state = new ProtectionState { Average = average };
        var target = plan.TakeProfits.Select(t => ProtectionPrices.TakeProfit(t, state, market)).FirstOrDefault(t => t <= bid);
        return target is { } at
            ? Refusal(
                ProtectionCodes.TargetNotAboveMarket,
                "takeProfits",
                at,
                bid,
                $"The take-profit at {Text(at)} is not above {position.Symbol} at {Text(bid)} {position.Quote}: its part would be sold at once. State a higher one, or confirm it."
            )
            : null;
    }

    private static OrderRefusal Refusal(string code, string field, decimal asked, decimal limit, string message) =>
        new(code, field, Text(asked), Text(limit), [], message);

    private static string Text(decimal value) => ExactJson.Text(value);
}
