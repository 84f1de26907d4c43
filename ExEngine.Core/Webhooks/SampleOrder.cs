using ExEngine.Core.Markets;

namespace ExEngine.Core.Webhooks;

/// <summary>A small order for examples and test alerts.</summary>
/// <param name="Price">In quote per base.</param>
/// <param name="Quantity">In base.</param>
public sealed record SampleOrder(string Symbol, decimal Price, decimal Quantity)
{
    /// <summary>For when no market's rules are at hand.</summary>
    public static SampleOrder Usual { get; } = new("BTC/USDT", 60000.10m, 0.001m);

    /// <summary>The smallest order near a plain price that this market's rules let pass; null when none was found.</summary>
    public static SampleOrder? For(Market market)
    {
        foreach (var wanted in Prices(market))
        {
            var price = market.PriceIncrements.Down(wanted);
            if (price <= 0)
            {
                continue;
            }

            // A tenth above the minimum, so that the next price change does not break it.
            var least = Math.Max(market.MinQuantity ?? 0, (market.MinNotional ?? 0) * 1.1m / price);
            if (market.QuantityIncrements.Up(Math.Max(least, 10m / price)) is not { } quantity)
            {
                continue;
            }

            var draft = new OrderDraft
            {
                Side = OrderSide.Buy,
                Type = OrderType.Limit,
                Price = price,
                Quantity = quantity,
            };
            if (OrderValidator.Check(draft, market, null).Order is not null)
            {
                return new SampleOrder(market.Symbol, Plain(price), Plain(quantity));
            }
        }

        return null;
    }

    private static IEnumerable<decimal> Prices(Market market)
    {
        if (market.Base == "BTC")
        {
            yield return 60000.10m;
        }

        yield return 100m;
        yield return 1m;
        if (market.MinPrice is > 0 and var min)
        {
            yield return Math.Min(min * 10, market.MaxPrice ?? decimal.MaxValue);
        }

        yield return 0.01m;
        yield return 10000m;
    }

    // Dividing by one with 28 zeros drops the zeros at the end.
    private static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}
