using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Engine;

/// <summary>The symbols whose prices wake an account's loop: those that have protection or a bot. Only the loop calls it.</summary>
internal sealed class PriceTriggers(PriceFeed prices, string exchange, Action wake) : IDisposable
{
    private readonly Dictionary<string, IDisposable> _watches = new(StringComparer.Ordinal);

    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);

    public void Keep(IEnumerable<string> symbols)
    {
        _wanted.Clear();
        _wanted.UnionWith(symbols);
        if (_wanted.SetEquals(_watches.Keys))
        {
            return;
        }

        foreach (var gone in _watches.Keys.Except(_wanted).ToList())
        {
            _watches.Remove(gone, out var watch);
            watch?.Dispose();
        }

        foreach (var symbol in _wanted.Where(s => !_watches.ContainsKey(s)))
        {
            _watches.Add(symbol, prices.Watch(exchange, symbol, _ => wake()));
        }
    }

    public void Dispose() => Keep([]);
}
