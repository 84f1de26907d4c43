using System.Collections.Frozen;
using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges.Paper;

/// <summary>
/// The prices of the built-in exchange: a function of seed, symbol and time, so that every instance shows the same ones
/// without talking, and any moment can be looked up. They change four times per second. Thread-safe.
/// </summary>
public sealed class SimulatedPrices(int seed)
{
    private const int CandleSamples = 40;

    private static readonly FrozenDictionary<string, Market> Markets = PaperMarkets.All.ToFrozenDictionary(
        m => m.Symbol,
        StringComparer.Ordinal
    );

    /// <summary>A price holds for this long.</summary>
    public static TimeSpan Step { get; } = TimeSpan.FromMilliseconds(250);

    /// <param name="at">UTC.</param>
    /// <returns>Null when the built-in exchange has no such symbol.</returns>
    public Ticker? At(string symbol, DateTime at) => Markets.TryGetValue(symbol, out var market) ? Of(market, StepOf(at)) : null;

    /// <summary>
    /// The prices from <paramref name="from"/> (exclusive) to <paramref name="to"/> (inclusive), oldest first: every one, or at most this
    /// many.
    /// </summary>
    public IEnumerable<Ticker> Path(string symbol, DateTime from, DateTime to, int most)
    {
        var (first, last) = (StepOf(from) + 1, StepOf(to));
        if (!Markets.TryGetValue(symbol, out var market) || last < first)
        {
            yield break;
        }

        var samples = Math.Min(last - first + 1, most);
        for (var i = 1; i <= samples; i++)
        {
            yield return Of(market, first - 1 + ((last - first + 1) * i / samples));
        }
    }

    /// <summary>
    /// The last candles at <paramref name="now"/> (UTC), oldest first; the last one is still going on. They have no volume.
    /// </summary>
    public IReadOnlyList<Candle> Candles(string symbol, TimeSpan interval, int count, DateTime now)
    {
        var current = now.AddTicks(-(now.Ticks % interval.Ticks));
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => current - ((count - 1 - i) * interval))
                .Select(from => CandleOf(symbol, from, interval, now))
                .OfType<Candle>(),
        ];
    }

    // The first and the last price of it are exact; the highest and the lowest are those of some moments in between.
    private Candle? CandleOf(string symbol, DateTime from, TimeSpan interval, DateTime now)
    {
        var last = from + interval - Step;
        decimal[] prices = [.. Path(symbol, from, last < now ? last : now, CandleSamples).Select(t => t.Last)];
        return At(symbol, from) is { } open
            ? new Candle(
                from,
                open.Last,
                prices.Append(open.Last).Max(),
                prices.Append(open.Last).Min(),
                prices.LastOrDefault(open.Last),
                0
            )
            : null;
    }

    private static long StepOf(DateTime at) => (at - DateTime.UnixEpoch).Ticks / Step.Ticks;

    private Ticker Of(Market market, long step)
    {
        var price = Value(market.Base, step) / Value(market.Quote, step);
        var last = Math.Max(market.PriceIncrements.Down(price), market.MinPrice ?? 0);
        return new Ticker(market.Symbol, last, last, last + market.PriceIncrements.Size, DateTime.UnixEpoch + (step * Step));
    }

    private decimal Value(string asset, long step) => asset == "USDT" ? 1 : SimulatedAsset.Of(asset).At(seed, step);
}
