using ExEngine.Core.Exchanges.MarketData;
using ExEngine.Core.Markets;

namespace ExEngine.Web.Components.Live;

/// <summary>Rules of markets for lists that must not wait: what is not in memory is fetched, and known at a later look.</summary>
public sealed class KnownMarkets(MarketCatalog catalog)
{
    /// <summary>Null when the market is unknown, or not known yet.</summary>
    public Market? Find(string exchange, string symbol)
    {
        var marketSet = catalog.FindAsync(exchange, CancellationToken.None);
        if (!marketSet.IsCompletedSuccessfully)
        {
            _ = marketSet.AsTask();
            return null;
        }

        return marketSet.Result?.Resolve(symbol).Market;
    }
}
