using ExEngine.Core.Bots.Running;
using ExEngine.Core.Markets;
using ExEngine.Core.Portfolio;
using ExEngine.Core.Positions;
using ExEngine.Web.Components.Parts;

namespace ExEngine.Web.Components.Pages.Bots;

/// <summary>What a bot's chart shows over its prices: its orders, the average of what it holds, and its fills.</summary>
internal static class BotChart
{
    /// <summary>More would hide the prices.</summary>
    private const int MostLines = 40;

    public static IReadOnlyList<ChartLine> Lines(BotProgram program, IReadOnlyList<BotLine> lines)
    {
        var figures = program.Figures;
        var average = figures is { Held: > 0, Cost: > 0 } ? figures.Cost / figures.Held : (decimal?)null;
        return
        [
            .. average is { } price ? [new ChartLine("Average", price, Tone.Neutral, Dashed: false)] : Array.Empty<ChartLine>(),
            .. lines
                .Where(l => l.Price is not null && l.Status is not (Core.Bots.Dca.LineStatus.Done or Core.Bots.Dca.LineStatus.Skipped))
                .Take(MostLines)
                .Select(l => new ChartLine(
                    l.Deal is null ? l.Side.ToString() : l.Name, // a line of a grid is told by its price
                    l.Price!.Value,
                    l.Side == OrderSide.Buy ? Tone.Working : Tone.Good,
                    Dashed: l.Status != Core.Bots.Dca.LineStatus.Resting
                )),
        ];
    }

    public static IReadOnlyList<ChartMark> Marks(PositionDetails? position) =>
        position is null
            ? []
            :
            [
                .. position
                    .Fills.Where(f => f.Kind == FillKind.Trade)
                    .OrderBy(f => f.At)
                    .GroupBy(f => f.OrderId)
                    .Select(g => new ChartMark(g.First().At, g.First().Side == OrderSide.Buy, g.Sum(f => f.Quantity))),
            ];
}
