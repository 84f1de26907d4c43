using Microsoft.Extensions.Options;
using System.Collections.Concurrent;
using System.Net;

namespace ExEngine.Core.Webhooks;

/// <summary>
/// Locks an IP that keeps failing out of one door, never the door itself. Requests without a door share
/// <see cref="Guid.Empty"/>. In memory: a restart forgives. Thread-safe.
/// </summary>
public sealed class DoorLockout(TimeProvider time, IOptions<WebhookOptions> options)
{
    private const int MostEntries = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid Door, IPAddress Ip), Record> _records = new();

    public bool IsLocked(Guid door, IPAddress? ip) =>
        !_records.IsEmpty && _records.TryGetValue((door, ip ?? IPAddress.None), out var record) && record.LockedUntil > time.GetUtcNow();

    /// <summary>Returns true when this failure is the one that locks.</summary>
    public bool Fail(Guid door, IPAddress? ip)
    {
        if (_records.Count >= MostEntries)
        {
            _records.Clear();
        }

        var now = time.GetUtcNow();
        var record = _records.AddOrUpdate(
            (door, ip ?? IPAddress.None),
            _ => After(now, now, 1),
            (_, old) => now - old.Since > Window ? After(now, now, 1) : After(now, old.Since, old.Failures + 1));
        return record.LockedUntil > now;
    }

    // A lock ends the counting: whoever fails again after it starts anew.
    private Record After(DateTimeOffset now, DateTimeOffset since, int failures) => failures < options.Value.LockoutFailures
        ? new Record(since, failures, default)
        : new Record(now, 0, now.AddSeconds(options.Value.LockoutSeconds));

    private sealed record Record(DateTimeOffset Since, int Failures, DateTimeOffset LockedUntil);
}
