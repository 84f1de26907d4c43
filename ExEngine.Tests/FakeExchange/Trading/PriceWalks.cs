using System.Collections.Concurrent;

namespace ExEngine.Tests.FakeExchange.Trading;

/// <summary>Lets prices walk, until they are told to stand.</summary>
internal sealed class PriceWalks(Venue venue, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, ITimer> _walking = new(StringComparer.Ordinal);

    /// <param name="walk">Null lets it stand.</param>
    /// <exception cref="RefusedException">There is no such symbol.</exception>
    public void Set(string symbol, FakeWalk? walk)
    {
        venue.Locked(() => venue.BookUnderLock(symbol));
        if (_walking.TryRemove(symbol, out var old))
        {
            old.Dispose();
        }

        if (walk is not null)
        {
            var random = new Random(walk.Seed);
            var every = TimeSpan.FromMilliseconds(walk.Milliseconds);
            _walking[symbol] = time.CreateTimer(_ => Step(symbol, walk, random), null, every, every);
        }
    }

    public void Dispose()
    {
        foreach (var symbol in _walking.Keys)
        {
            Set(symbol, null);
        }
    }

    /// <summary>The next price: whole ticks away, never below one.</summary>
    public static decimal Next(decimal last, decimal tick, FakeWalk walk, Random random)
    {
        var most = Math.Max(tick, last * walk.MostSteps / 100_000);
        return Math.Max(tick, last + Decimals.Floor(most * random.Next(-1_000, 1_001) / 1_000, tick));
    }

    private void Step(string symbol, FakeWalk walk, Random random) =>
        venue.Locked(() =>
        {
            var book = venue.BookUnderLock(symbol);
            venue.SetPrice(symbol, Next(book.Last, book.Rules.Tick, walk, random));
            return book;
        });
}
