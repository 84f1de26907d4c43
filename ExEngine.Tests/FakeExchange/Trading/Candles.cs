namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>A candle for each minute in which there was a price, and the longer ones that these make.</summary>
internal sealed class Candles
{
    private const long Minute = 60_000;
    private readonly List<Candle> _minutes = [];

    public void Add(DateTimeOffset at, decimal price) => Add(at.ToUnixTimeMilliseconds() / Minute * Minute, price);

    /// <summary>
    /// What might have been before <paramref name="now"/>, ending at <paramref name="price"/>: the same for the same seed.
    /// </summary>
    public void Invent(DateTimeOffset now, decimal price, decimal tick, int minutes, Random random)
    {
        var end = now.ToUnixTimeMilliseconds() / Minute * Minute;
        var back = new List<Candle>();
        for (var (i, close) = (1, price); i <= minutes; i++)
        {
            var open = Near(close);
            var high = Math.Max(open, close) + (random.Next(4) * tick);
            var low = Math.Max(tick, Math.Min(open, close) - (random.Next(4) * tick));
            back.Add(new Candle(end - (i * Minute), open, high, low, close, random.Next(1, 10_000) / 100m));
            close = open;
        }

        back.Reverse();
        _minutes.InsertRange(0, back);

        decimal Near(decimal value) => Math.Max(tick, Decimals.Floor(value * (1 + (random.Next(-100, 101) / 100_000m)), tick));
    }

    /// <summary>These are all that there were.</summary>
    public void Set(IEnumerable<FakeClose> closes)
    {
        _minutes.Clear();
        _minutes.AddRange(
            closes.Select(c => new Candle(
                new DateTimeOffset(c.Start).ToUnixTimeMilliseconds() / Minute * Minute,
                c.Close,
                c.Close,
                c.Close,
                c.Close,
                1
            ))
        );
    }

    /// <param name="step">Milliseconds of each candle, a whole number of minutes.</param>
    public IEnumerable<Candle> Of(long step, long? from, long? to, int limit)
    {
        var all = _minutes
            .Where(m => m.Start >= (from ?? 0) && m.Start <= (to ?? long.MaxValue))
            .GroupBy(m => m.Start / step * step)
            .Select(g => new Candle(g.Key, g.First().Open, g.Max(c => c.High), g.Min(c => c.Low), g.Last().Close, g.Sum(c => c.Volume)));
        return from is null ? all.TakeLast(limit) : all.Take(limit);
    }

    private void Add(long minute, decimal price)
    {
        if (_minutes.Count == 0 || _minutes[^1].Start < minute)
        {
            var open = _minutes.Count == 0 ? price : _minutes[^1].Close;
            _minutes.Add(new Candle(minute, open, Math.Max(open, price), Math.Min(open, price), price, 1));
            return;
        }

        var last = _minutes[^1];
        _minutes[^1] = last with
        {
            High = Math.Max(last.High, price),
            Low = Math.Min(last.Low, price),
            Close = price,
            Volume = last.Volume + 1,
        };
    }
}
