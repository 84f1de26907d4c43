using System.Collections.Concurrent;

namespace ExEngine.Core.Exchanges;

/// <summary>
/// Since when an exchange gives an account no answer: whatever it says, a refusal too, is one. Thread-safe; of this process, which begins
/// anew after a restart.
/// </summary>
public sealed class ExchangeReach(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, DateTime> _awaySince = new();

    /// <summary>How a question ended.</summary>
    /// <param name="fault">Null when it was answered well.</param>
    public void Note(Guid accountId, ExchangeFault? fault)
    {
        if (fault?.Kind is FaultKind.Unavailable or FaultKind.Ambiguous)
        {
            _awaySince.TryAdd(accountId, time.GetUtcNow().UtcDateTime);
        }
        else if (!_awaySince.IsEmpty)
        {
            _awaySince.TryRemove(accountId, out _);
        }
    }

    /// <summary>UTC instant of the first of the questions that were not answered, with none answered since; null when it answers.</summary>
    public DateTime? AwaySince(Guid accountId) => _awaySince.TryGetValue(accountId, out var since) ? since : null;
}
