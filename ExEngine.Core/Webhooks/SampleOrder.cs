using ExEngine.Core.Markets;

namespace ExEngine.Core.Webhooks;

/// <summary>The smallest market buy of a market, for examples and test alerts.</summary>
/// <param name="Price">In quote per base: about what it trades at, on the tick.</param>
/// <param name="Quantity">In base.</param>
public sealed record SampleOrder(string Symbol, decimal Price, decimal Quantity)
{
    // A fifth above the minimum, so that the next prices and the fee leave enough to sell again.
    private const decimal Headroom = 1.2m;

    private static readonly decimal[] Rounds = [1, 2, 5, 10];

    /// <summary>For when no market's rules or no price are at hand.</summary>
    public static SampleOrder Usual { get; } = new("BTC/USDT", 60000.10m, 0.001m);

    public string Base => Symbol.Split('/')[0];

    public string Quote => Symbol.Split('/', ':')[^1];

    /// <summary>About what it costs, in quote.</summary>
    public decimal Cost => IncrementMath.Shortest(Price * Quantity);

    /// <summary>
    /// A round amount of dollars that is enough, for messages to any chart: the same quantity would be another order there. Null where the
    /// market is not paid in dollars.
    /// </summary>
    public decimal? Dollars => DollarCoins.Contains(Quote) ? Round(Cost) : null;

    /// <summary>The market's minimum with a little headroom, on its step; null when it takes no such order.</summary>
    /// <param name="price">In quote per base: what it would buy at now.</param>
    public static SampleOrder? For(Market market, decimal price)
    {
        if (price <= 0 || market.PriceIncrements.Up(price) is not { } onTick || SpotRule.Refusal(market) is not null)
        {
            return null;
        }

        var least = Math.Max(
            Math.Max(market.MinQuantity ?? 0, market.MinMarketQuantity ?? 0),
            (market.MinNotionalAtMarket ? market.MinNotional ?? 0 : 0) / onTick
        );
        if (market.QuantityIncrements.Up(least > 0 ? least * Headroom : market.QuantityIncrements.IncrementAt(0) ?? 0) is not { } quantity)
        {
            return null;
        }

        var draft = new OrderDraft
        {
            Side = OrderSide.Buy,
            Type = OrderType.Market,
            Quantity = quantity,
        };
        return OrderValidator.Check(draft, market, onTick).Order is null
            ? null
            : new SampleOrder(market.Symbol, IncrementMath.Shortest(onTick), IncrementMath.Shortest(quantity));
    }

    // 1, 2 or 5 with zeros, and not less.
    private static decimal Round(decimal amount)
    {
        var power = IncrementMath.PowerOfTen(IncrementMath.Exponent(amount)) ?? amount;
        return IncrementMath.Shortest(Rounds.Select(n => n * power).First(n => n >= amount));
    }
}
