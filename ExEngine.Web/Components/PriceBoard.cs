using ExEngine.Core.Exchanges;

namespace ExEngine.Web.Components;

/// <summary>
/// The last prices of the symbols that a page shows. Looks four times a second, and tells only when a price changed; the
/// handler runs on a thread of its own, never two at a time.
/// </summary>
public sealed class PriceBoard : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly PriceFeed _feed;
    private readonly Coalescer _tell;
    private readonly ITimer _timer;
    private volatile IReadOnlyDictionary<(string Exchange, string Symbol), Ticker?> _last = new Dictionary<(string, string), Ticker?>();

    public PriceBoard(PriceFeed feed, TimeProvider time, Func<Task> changed)
    {
        _feed = feed;
        _tell = new Coalescer(time, Pause, changed);
        _timer = time.CreateTimer(_ => Look(), null, Pause, Pause);
    }

    /// <summary>Null when no price is known.</summary>
    public Ticker? Last(string exchange, string symbol) => _last.GetValueOrDefault((exchange, symbol));

    /// <summary>From now on these, and no others.</summary>
    public void Show(IEnumerable<(string Exchange, string Symbol)> symbols) =>
        _last = symbols.Distinct().ToDictionary(s => s, s => _feed.Last(s.Exchange, s.Symbol));

    public void Dispose()
    {
        _timer.Dispose();
        _tell.Dispose();
    }

    private void Look()
    {
        var before = _last;
        var now = before.Keys.ToDictionary(k => k, k => _feed.Last(k.Exchange, k.Symbol));
        if (now.Any(n => n.Value?.Last != before[n.Key]?.Last) && Interlocked.CompareExchange(ref _last, now, before) == before)
        {
            _tell.Request();
        }
    }
}
