using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Protection;
using ExEngine.Web.Components.Pages.Orders;
using ExEngine.Web.Components.Parts;
using ExEngine.Web.Components.Parts.Values;

namespace ExEngine.Web.Components.Pages.Positions;

/// <summary>What a position's chart shows over its prices.</summary>
public static class PositionChart
{
    /// <summary>The average entry, the protection, and each order that waits for a price.</summary>
    public static IReadOnlyList<ChartLine> Lines(PositionDetails story, ProtectionPlan? plan)
    {
        var lines = new List<ChartLine>();
        var average = story.Row.IsOpen ? story.Row.AverageEntry : null;
        if (average is { } entry)
        {
            lines.Add(new ChartLine("Entry", entry, Tone.Neutral, Dashed: false));
        }

        var orders = story.Orders.Where(o => (o.StopPrice ?? o.Price) is not null).ToList();
        lines.AddRange(orders.Select(o => new ChartLine(Title(o), (o.StopPrice ?? o.Price)!.Value, ToneOf(o), Dashed: true)));
        if (plan is not null && story.Row.IsOpen)
        {
            lines.AddRange(Planned(plan, average).Where(p => orders.All(o => (o.StopPrice ?? o.Price) != p.Price)));
        }

        return lines;
    }

    public static IReadOnlyList<ChartMark> Marks(PositionDetails story, Market? market) =>
        [
            .. story
                .Fills.OrderBy(f => f.At)
                .GroupBy(f => f.OrderId)
                .Select(g => new ChartMark(
                    g.First().At,
                    g.First().Side == OrderSide.Buy,
                    $"{g.First().Side} {AmountText.Quantity(g.Sum(f => f.Quantity), market)}"
                )),
        ];

    // What the engine watches itself has no order that shows it.
    private static IEnumerable<ChartLine> Planned(ProtectionPlan plan, decimal? average)
    {
        if (plan.StopLoss is { } stop && PositionLabels.PriceOf(stop, plan.State, average) is { } at)
        {
            yield return new ChartLine("Stop", at, Tone.Bad, Dashed: false);
        }

        foreach (var target in plan.TakeProfits)
        {
            if (PositionLabels.PriceOf(target, average) is { } price)
            {
                yield return new ChartLine("Target", price, Tone.Good, Dashed: false);
            }
        }
    }

    private static string Title(OrderRow order) =>
        order.Origin == OrderOrigin.Protection
            ? order.StopPrice is null
                ? "Target"
                : "Stop"
            : $"{order.Side} {OrderLabels.Of(order.Type).ToLowerInvariant()}";

    private static Tone ToneOf(OrderRow order) =>
        order.Origin != OrderOrigin.Protection ? Tone.Working
        : order.StopPrice is null ? Tone.Good
        : Tone.Bad;
}
