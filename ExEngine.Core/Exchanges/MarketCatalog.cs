using ExEngine.Core.Markets;

namespace ExEngine.Core.Exchanges;

/// <summary>The rules of every exchange's markets: memory first, then the database, then the gateway.</summary>
public sealed class MarketCatalog
{
    /// <summary>Null when the exchange is unknown, or its rules were never fetched and cannot be now.</summary>
    public ValueTask<MarketBook?> FindAsync(string exchange, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
