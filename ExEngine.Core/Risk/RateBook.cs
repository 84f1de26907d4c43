using ExEngine.Core.Markets;

namespace ExEngine.Core.Risk;

/// <summary>
/// Prices and rates for one calculation: each is looked up once, so that all of it goes by the same ones, and what is not known is noted.
/// Asks nobody. Not thread-safe.
/// </summary>
/// <param name="currency">What amounts are converted to.</param>
/// <param name="markets">The rules of an exchange, as far as they are in memory.</param>
/// <param name="prices">The last price of a symbol on an exchange, quote per base, and its age; null when none may be used.</param>
public sealed class RateBook(string currency, Func<string, MarketSet?> markets, Func<string, string, (decimal Last, TimeSpan Age)?> prices)
{
    private readonly Dictionary<(string Exchange, string Symbol), (decimal Last, TimeSpan Age)?> _prices = [];
    private readonly Dictionary<(string Exchange, string Asset), Rate?> _rates = [];
    private readonly MissingRates _missing = new();

    public string Currency => currency;

    /// <summary>Null when everything that was asked for was known.</summary>
    public MissingRates? Missing => _missing.IsEmpty ? null : _missing;

    /// <summary>The rates that were used, without those of the currency itself.</summary>
    public IReadOnlyList<Rate> Used => [.. _rates.Values.OfType<Rate>().Where(r => r.Asset != currency)];

    /// <returns>Quote per base; null when it is not known, which is noted.</returns>
    public decimal? Price(string exchange, string symbol) => Heard(exchange, symbol)?.Last;

    /// <summary>An amount of an asset in the currency; null when the rate is not known, which is noted. Nothing needs no rate.</summary>
    public decimal? Convert(string exchange, string asset, decimal amount) => amount == 0 ? 0 : amount * RateOf(exchange, asset)?.Value;

    /// <summary>Null when it is not known, which is noted.</summary>
    public Rate? RateOf(string exchange, string asset)
    {
        if (!_rates.TryGetValue((exchange, asset), out var rate))
        {
            _rates.Add((exchange, asset), rate = Find(exchange, asset));
        }

        return rate;
    }

    private Rate? Find(string exchange, string asset)
    {
        if (asset == currency)
        {
            return new Rate(exchange, asset, currency, 1, TimeSpan.Zero, IsAssumed: false);
        }

        if (markets(exchange) is not { } known)
        {
            _missing.AddAsset(exchange, asset);
            return null;
        }

        if (RatePath.Find(known, asset, currency) is not { } path)
        {
            _missing.AddImpossible(exchange, asset);
            return null;
        }

        var (value, age, isWhole) = (1m, TimeSpan.Zero, true);
        foreach (var step in path.Steps)
        {
            if (Heard(exchange, step.Symbol) is not { } heard)
            {
                isWhole = false;
                continue;
            }

            (value, age) = (value * step.Rate(heard.Last), heard.Age > age ? heard.Age : age);
        }

        if (isWhole && value <= 0)
        {
            // Too small for a decimal, which no real price is: unknown, and never nothing.
            _missing.AddImpossible(exchange, asset);
            return null;
        }

        return isWhole ? new Rate(exchange, asset, currency, value, age, path.IsAssumed) : null;
    }

    private (decimal Last, TimeSpan Age)? Heard(string exchange, string symbol)
    {
        if (!_prices.TryGetValue((exchange, symbol), out var heard))
        {
            heard = prices(exchange, symbol) is { Last: > 0 } price ? price : null;
            _prices.Add((exchange, symbol), heard);
            if (heard is null)
            {
                _missing.AddSymbol(exchange, symbol);
            }
        }

        return heard;
    }
}
