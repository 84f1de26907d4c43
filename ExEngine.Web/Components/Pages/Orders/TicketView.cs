using ExEngine.Core.Markets;
using ExEngine.Web.Components.Parts;

namespace ExEngine.Web.Components.Pages.Orders;

/// <summary>What a chart beside the ticket draws.</summary>
/// <param name="Last">Quote per base; null while none is known.</param>
/// <param name="Lines">The order's own prices.</param>
public sealed record TicketView(Market Market, decimal? Last, IReadOnlyList<ChartLine> Lines)
{
    internal static TicketView Of(TicketPreview preview, Market market, decimal? last, decimal? entry)
    {
        var input = preview.Input;
        var stop = preview.Protection?.StopLoss;
        var target = preview.Protection is { TakeProfits: [var first, ..] } ? first : null;
        return new(
            market,
            last,
            [
                .. Line(input.Price, "Limit", Tone.Working),
                .. Line(input.StopPrice, "Stop", Tone.Working),
                .. Line(stop?.Price ?? At(entry, -stop?.Percent), "Stop-loss", Tone.Down),
                .. Line(target?.Price ?? At(entry, target?.Percent), "Target", Tone.Up),
            ]
        );
    }

    private static decimal? At(decimal? entry, decimal? percent) => percent is > -100 and < 100_000 ? entry * (100 + percent) / 100 : null;

    private static IEnumerable<ChartLine> Line(decimal? price, string title, Tone tone) =>
        price is > 0 and < 1e15m and { } at ? [new ChartLine(title, at, tone, Dashed: true)] : [];
}
