using System.Collections.Concurrent;

namespace ExEngine.Core.Exchanges.Ccxt;

/// <summary>
/// Until when exchanges asked this address to be silent. The gateway keeps to it by itself; this remembers it when the
/// gateway is started anew, because who goes on is banned. Thread-safe.
/// </summary>
public sealed class ExchangeCooldown(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    /// <summary>Null when the exchange may be asked.</summary>
    public TimeSpan? Left(string exchange)
    {
        if (!_until.TryGetValue(exchange, out var until))
        {
            return null;
        }

        var left = until - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : null;
    }

    public void Note(string exchange, CcxtFault fault)
    {
        // A local one that is no silence only says that the line is long.
        if (fault is { OfAccount: false, RetryAfter: { } milliseconds } && (!fault.Local || fault.Error == "silence"))
        {
            var until = time.GetUtcNow().AddMilliseconds(milliseconds);
            _until.AddOrUpdate(exchange, until, (_, known) => known > until ? known : until);
        }
    }
}
