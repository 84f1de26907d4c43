using ExEngine.Core.Markets;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Portfolio;
using ExEngine.Web.Components.Pages.Orders;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Positions;

/// <summary>What a change of an order or of a protection level would be, in numbers: old → new, distance, gain or loss there.</summary>
public static class PositionMoves
{
    /// <summary>"90.00 → 91.00 (+1.11 %); quantity 1 → 0.5 BTC".</summary>
    public static string Order(OrderRow row, decimal price, decimal quantity, Market? market)
    {
        var parts = new List<string>(2);
        if (price != row.Price)
        {
            parts.Add($"{Arrow(row.Price, price, market)} ({AmountText.Percent((price / row.Price!.Value * 100) - 100)})");
        }

        if (quantity != row.Quantity)
        {
            parts.Add(
                $"quantity {AmountText.Quantity(row.Quantity, market)} → {AmountText.Quantity(quantity, market)} {OrderLabels.BaseOf(row.Symbol)}"
            );
        }

        return parts.Count == 0 ? "As it was" : string.Join("; ", parts);
    }

    /// <summary>"Stop 58,000.00 → 58,500.00, 2.50 % below the price; at the stop −12.40 USDT of the entry".</summary>
    /// <param name="what">Stop or target, as the line is called.</param>
    /// <param name="before">Quote per base; null where there was none.</param>
    /// <param name="share">In percent of what is held.</param>
    public static string Level(PositionRow row, string what, decimal? before, decimal price, decimal share, decimal? last, Market? market)
    {
        var words = $"{what} {Arrow(before, price, market)}";
        if (last is > 0)
        {
            var distance = (price / last.Value * 100) - 100;
            words += $", {AmountText.Of(decimal.Round(Math.Abs(distance), 2), 2)} % {(distance < 0 ? "below" : "above")} the price";
        }

        return row.AverageEntry is { } entry
            ? $"{words}; there {AmountText.Profit((price - entry) * row.Quantity * share / 100, row.Quote)} {row.Quote} against the entry"
            : words;
    }

    private static string Arrow(decimal? before, decimal after, Market? market) =>
        before is { } price && price != after
            ? $"{AmountText.Average(price, market)} → {AmountText.Price(after, market)}"
            : AmountText.Price(after, market);
}
