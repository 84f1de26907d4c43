using ExEngine.Core.Markets;
using ExEngine.Core.Orders;
using ExEngine.Core.Orders.Queries;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Protection;
using ExEngine.Web.Components.Pages.Orders;
using ExEngine.Web.Components.Parts;

namespace ExEngine.Web.Components.Pages.Positions;

/// <summary>What a position's chart shows over its prices.</summary>
public static class PositionChart
{
    private const string StopKey = "stop";
    private const string TargetKey = "target-";

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
        IReadOnlyList<ChartLine> levels = plan?.InForce is { } inForce && story.Row.IsOpen ? [.. Planned(inForce, average)] : [];

        // What protection has at the exchange is moved by its level, which may be another price by a tick.
        lines.AddRange(
            orders
                .Where(o => o.Origin != OrderOrigin.Protection || levels.All(l => l.Title != Title(o)))
                .Select(o => new ChartLine(
                    Title(o),
                    (o.StopPrice ?? o.Price)!.Value,
                    ToneOf(o),
                    true,
                    o.CanReplace ? o.Id.ToString() : null
                ))
        );
        return [.. lines, .. levels];
    }

    public static IReadOnlyList<ChartMark> Marks(PositionDetails story) =>
        [
            .. story
                .Fills.OrderBy(f => f.At)
                .GroupBy(f => f.OrderId)
                .Select(g => new ChartMark(g.First().At, g.First().Side == OrderSide.Buy, g.Sum(f => f.Quantity))),
        ];

    /// <summary>The order whose line it is; null for a level of the protection, and for one that is over.</summary>
    public static OrderRow? OrderOf(PositionDetails story, string key) =>
        Guid.TryParse(key, out var id) ? story.Orders.FirstOrDefault(o => o.Id == id) : null;

    /// <summary>Which target's line it is, from 0; null for the stop's.</summary>
    public static int? TargetOf(string key) =>
        key.StartsWith(TargetKey, StringComparison.Ordinal) && int.TryParse(key.AsSpan(TargetKey.Length), out var i) ? i : null;

    public static string NameOf(string key) => TargetOf(key) is { } i ? $"target {i + 1}" : "stop";

    private static IEnumerable<ChartLine> Planned(ProtectionPlan plan, decimal? average)
    {
        if (plan.StopLoss is { } stop && PositionLabels.PriceOf(stop, plan.State, average) is { } at)
        {
            yield return new ChartLine("Stop", at, Tone.Down, Dashed: false, StopKey);
        }

        foreach (var (i, target) in plan.TakeProfits.Index())
        {
            if (!target.Hit && PositionLabels.PriceOf(target, average) is { } price)
            {
                yield return new ChartLine("Target", price, Tone.Up, Dashed: false, $"{TargetKey}{i}");
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
        : order.StopPrice is null ? Tone.Up
        : Tone.Down;
}
