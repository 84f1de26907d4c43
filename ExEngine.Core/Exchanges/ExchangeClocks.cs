using System.Collections.Concurrent;
using ExEngine.Core.Exchanges.Ccxt;

namespace ExEngine.Core.Exchanges;

/// <summary>How far the clocks of the exchanges in use are from ours, as last measured. Thread-safe.</summary>
public sealed class ExchangeClocks(CcxtAccounts accounts, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ExchangeClock> _clocks = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ExchangeClock> All => [.. _clocks.Values];

    public ExchangeClock? Find(string exchange) => _clocks.GetValueOrDefault(exchange);

    /// <summary>Measures; what is known stands when the exchange does not answer. The gateway stamps requests by it from then on.</summary>
    public async Task MeasureAsync(string exchange, CancellationToken cancellationToken)
    {
        var answer = await accounts.Of(exchange, null).ClockDriftAsync(cancellationToken);
        if (answer.IsDone)
        {
            _clocks[exchange] = new ExchangeClock(exchange, answer.Value, time.GetUtcNow().UtcDateTime);
        }
    }

    /// <summary>Forgets exchanges that are no longer in use.</summary>
    public void Keep(IReadOnlyCollection<string> exchanges)
    {
        foreach (var gone in _clocks.Keys.Except(exchanges))
        {
            _clocks.TryRemove(gone, out _);
        }
    }
}
