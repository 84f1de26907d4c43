using ExEngine.Core.Exchanges.Paper;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Exchanges;

/// <summary>
/// The last price of every symbol that someone looks at, for pages, planners and paper accounts: simulated ones of the
/// built-in exchange, live ones of all others. Thread-safe.
/// </summary>
public sealed class PriceFeed(IOptions<PaperOptions> options, TimeProvider time)
{
    private readonly SimulatedPrices _simulated = new(options.Value.Seed);

    /// <summary>What is known now, without asking anybody; null when nothing is.</summary>
    public Ticker? Last(string exchange, string symbol) =>
        exchange == ExchangeInfo.Paper ? _simulated.At(symbol, time.GetUtcNow().UtcDateTime) : null;

    /// <summary>A price of now, asked for when there is none; null when the exchange does not answer in time.</summary>
    public ValueTask<Ticker?> GetAsync(string exchange, string symbol, CancellationToken cancellationToken) => new(Last(exchange, symbol));
}
