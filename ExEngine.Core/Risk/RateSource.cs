using ExEngine.Core.Exchanges.MarketData;

namespace ExEngine.Core.Risk;

/// <summary>Rates from what is in memory, and the questions that bring what is missing. Thread-safe.</summary>
public sealed class RateSource(MarketCatalog catalog, PriceFeed prices, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Prices of at most <see cref="PriceFeed.StaleAfter"/>.</summary>
    public RateBook Fresh(string currency) => new(currency, catalog.Known, (exchange, symbol) => Heard(exchange, symbol, isOldGood: false));

    /// <summary>The last known prices, however old.</summary>
    public RateBook LastKnown(string currency) =>
        new(currency, catalog.Known, (exchange, symbol) => Heard(exchange, symbol, isOldGood: true));

    /// <summary>
    /// Asks the exchanges for what is missing; returns after 10 s at the most, whatever they answer. Never called within a transaction.
    /// </summary>
    public async Task FetchAsync(MissingRates missing, string currency, CancellationToken cancellationToken)
    {
        var exchanges = missing.Symbols.Concat(missing.Assets).Select(m => m.Exchange).Distinct();
        await Task.WhenAll(exchanges.Select(e => FetchAsync(e, missing, currency, cancellationToken)));
    }

    private async Task FetchAsync(string exchange, MissingRates missing, string currency, CancellationToken cancellationToken)
    {
        try
        {
            await catalog.FindAsync(exchange, cancellationToken).AsTask().WaitAsync(Timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Without its markets nobody knows what to ask for.
        }

        if (catalog.Known(exchange) is not { } markets)
        {
            return;
        }

        // One symbol that the exchange does not have would spoil the answer for all.
        string[] symbols =
        [
            .. missing
                .Assets.Where(a => a.Exchange == exchange)
                .SelectMany(a => RatePath.Find(markets, a.Asset, currency)?.Steps ?? [])
                .Select(s => s.Symbol)
                .Concat(missing.Symbols.Where(s => s.Exchange == exchange && markets.Has(s.Symbol)).Select(s => s.Symbol))
                .Distinct(),
        ];
        if (symbols.Length > 0)
        {
            await prices.GetAsync(exchange, symbols, cancellationToken);
        }
    }

    private (decimal Last, TimeSpan Age)? Heard(string exchange, string symbol, bool isOldGood) =>
        prices.AgeOf(exchange, symbol) is { } age
        && (isOldGood || age <= PriceFeed.StaleAfter)
        && prices.Last(exchange, symbol) is { } ticker
            ? (ticker.Last, age)
            : null;
}
