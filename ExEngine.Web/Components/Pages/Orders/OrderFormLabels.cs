using ExEngine.Core.Markets;
using ExEngine.Web.Components.Live;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>What the ticket says under its fields: the market's rules in one line each.</summary>
internal static class OrderFormLabels
{
    public static string Symbol(Market? market, LivePrice price) =>
        market is null ? "A part of its name finds it."
        : price.Last is not { } last ? $"Spot on {market.Exchange}. No price is known now."
        : $"Last {AmountText.Price(last, market)} {market.Quote}{(price.IsStale ? ", which is old" : "")}.";

    public static string Type(OrderType type, OrderSide side) =>
        type switch
        {
            OrderType.Market => "Trades at once at the best price there is.",
            OrderType.Limit => "Trades at its price or better, and waits for it.",
            OrderType.Stop => $"Waits until the price {Moves(side)} to the stop, then trades at market.",
            _ => $"Waits until the price {Moves(side)} to the stop, then places the limit order.",
        };

    public static string? Price(Market? market, decimal? last) =>
        market is null
            ? null
            : Sentence(
                market.PriceIncrements.IncrementAt(last ?? 1) is { } tick ? $"in steps of {AmountText.Price(tick, null)}" : null,
                Range(market.MinPrice, market.MaxPrice, p => AmountText.Price(p, market), market.Quote)
            );

    public static string? Quantity(Market? market) =>
        market is null
            ? null
            : Sentence(
                market.QuantityIncrements.IncrementAt(1) is { } step ? $"in steps of {AmountText.Quantity(step, null)}" : null,
                Range(market.MinQuantity, market.MaxQuantity, q => AmountText.Quantity(q, market), market.Base),
                market.MinNotional is > 0 and { } cost ? $"worth at least {AmountText.Money(cost, market.Quote)} {market.Quote}" : null
            );

    public static string? Cost(Market? market) =>
        market is null
            ? null
            : Sentence(Range(market.MinNotional, market.MaxNotional, c => AmountText.Money(c, market.Quote), market.Quote));

    private static string Moves(OrderSide side) => side == OrderSide.Buy ? "rises" : "falls";

    private static string? Range(decimal? least, decimal? most, Func<decimal, string> text, string unit) =>
        (least, most) switch
        {
            ({ } l and > 0, { } m) => $"{text(l)} to {text(m)} {unit}",
            ({ } l and > 0, null) => $"at least {text(l)} {unit}",
            (_, { } m) => $"at most {text(m)} {unit}",
            _ => null,
        };

    private static string? Sentence(params ReadOnlySpan<string?> parts)
    {
        var text = string.Join(", ", parts.ToArray().OfType<string>());
        return text.Length == 0 ? null : char.ToUpperInvariant(text[0]) + text[1..] + ".";
    }
}
