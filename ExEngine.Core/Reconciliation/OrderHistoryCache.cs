using ExEngine.Core.Exchanges;

namespace ExEngine.Core.Reconciliation;

/// <summary>
/// Lets all orders of an account whose absence is to be proven share one reading of their symbol's lists: after an outage there
/// may be a hundred, and the lists of each would use up the exchange's allowance for minutes. Safe for several calls at once.
/// </summary>
public sealed class OrderHistoryCache(OrderHistoryReader reader, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTime Since, DateTime AskedAt, Task<OrderHistory> Reading)> _bySymbol = new(
        StringComparer.Ordinal
    );

    /// <param name="since">UTC: orders and trades from then on are in it.</param>
    /// <param name="notBefore">UTC: an older reading proves nothing for the one who asks.</param>
    public Task<OrderHistory> ReadAsync(IExchange exchange, string symbol, DateTime since, DateTime notBefore)
    {
        lock (_gate)
        {
            if (_bySymbol.TryGetValue(symbol, out var last) && last.Since <= since && last.AskedAt >= notBefore && !HasFailed(last.Reading))
            {
                return last.Reading;
            }

            // Before the first question, so never later than what the reading says of itself.
            var askedAt = time.GetUtcNow().UtcDateTime;
            var reading = Task.Run(() => reader.ReadAsync(exchange, symbol, since, CancellationToken.None));
            _bySymbol[symbol] = (since, askedAt, reading);
            return reading;
        }
    }

    /// <summary>Lets go of the symbols that nobody asks about any more.</summary>
    public void Keep(IReadOnlySet<string> symbols)
    {
        lock (_gate)
        {
            foreach (var symbol in _bySymbol.Keys.Where(s => !symbols.Contains(s)).ToList())
            {
                _bySymbol.Remove(symbol);
            }
        }
    }

    private static bool HasFailed(Task<OrderHistory> reading) =>
        reading.IsFaulted || (reading.IsCompletedSuccessfully && !reading.GetAwaiter().GetResult().IsComplete);
}
