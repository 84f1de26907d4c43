using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Web.Components.Live;

/// <summary>
/// The last prices of the symbols that a page shows. Tells at most four times a second, and only when a price changed or
/// became too old; the handler never runs twice at a time.
/// </summary>
public sealed class PriceBoard : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AgeCheck = TimeSpan.FromSeconds(5);

    private readonly PriceFeed _feed;
    private readonly Coalescer _tell;
    private readonly ITimer _age;
    private Dictionary<(string Exchange, string Symbol), IDisposable> _watches = [];

    public PriceBoard(PriceFeed feed, TimeProvider time, Func<Task> changed)
    {
        _feed = feed;
        _tell = new Coalescer(time, Pause, changed);
        _age = time.CreateTimer(_ => _tell.Request(), null, AgeCheck, AgeCheck);
    }

    /// <summary>From now on these, and no others. Called on one thread at a time.</summary>
    public void Show(IEnumerable<(string Exchange, string Symbol)> symbols)
    {
        var before = _watches;
        _watches = symbols
            .Distinct()
            .ToDictionary(s => s, s => before.GetValueOrDefault(s) ?? _feed.Watch(s.Exchange, s.Symbol, _ => _tell.Request()));
        foreach (var (symbol, watch) in before)
        {
            if (!_watches.ContainsKey(symbol))
            {
                watch.Dispose();
            }
        }
    }

    public void Dispose()
    {
        Show([]);
        _age.Dispose();
        _tell.Dispose();
    }
}
