using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Paper;
using Microsoft.Extensions.Options;

namespace ExEngine.Web.Components;

/// <summary>Past prices for charts.</summary>
public sealed class Candles(IOptions<PaperOptions> paper, TimeProvider time)
{
    private const int Samples = 24;

    private readonly SimulatedPrices _simulated = new(paper.Value.Seed);

    /// <summary>The last <paramref name="count"/> candles, oldest first; the last one is still going on. Empty when the exchange tells none.</summary>
    public Task<IReadOnlyList<Candle>> ListAsync(string exchange, string symbol, TimeSpan interval, int count, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<Candle>>(() => exchange == ExchangeInfo.Paper ? [.. Simulated(symbol, interval, count)] : [], cancellationToken);

    private IEnumerable<Candle> Simulated(string symbol, TimeSpan interval, int count)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var last = new DateTime(now.Ticks - (now.Ticks % interval.Ticks), DateTimeKind.Utc);
        for (var i = count - 1; i >= 0; i--)
        {
            var from = last - (i * interval);
            var to = from + interval - SimulatedPrices.Step;
            decimal[] prices = [.. _simulated.Path(symbol, from - SimulatedPrices.Step, to < now ? to : now, Samples).Select(t => t.Last)];
            if (prices.Length > 0)
            {
                yield return new Candle(from, prices[0], prices.Max(), prices.Min(), prices[^1], 0);
            }
        }
    }
}
