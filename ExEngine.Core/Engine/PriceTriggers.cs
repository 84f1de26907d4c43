using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Engine;

/// <summary>The symbols whose prices wake an account's loop: those that have protection. Only the loop calls it.</summary>
internal sealed class PriceTriggers(PriceFeed prices, string exchange, Action wake) : IDisposable
{
    private readonly Dictionary<string, IDisposable> _watches = new(StringComparer.Ordinal);

    public void Keep(IReadOnlyCollection<string> symbols)
    {
        foreach (var gone in _watches.Keys.Except(symbols).ToList())
        {
            _watches.Remove(gone, out var watch);
            watch?.Dispose();
        }

        foreach (var symbol in symbols.Where(s => !_watches.ContainsKey(s)))
        {
            _watches.Add(symbol, prices.Watch(exchange, symbol, _ => wake()));
        }
    }

    public void Dispose() => Keep([]);
}
