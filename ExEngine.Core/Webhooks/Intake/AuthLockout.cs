using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>
/// Locks an IP (for IPv6 its /64) that keeps failing out of one webhook, never the webhook itself. Requests without a webhook share
/// <see cref="Guid.Empty"/>. In memory: cleared by a restart. Thread-safe.
/// </summary>
public sealed class AuthLockout(TimeProvider time, IOptions<WebhookOptions> options)
{
    private const int MaxEntries = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid ResolvedWebhook, IPAddress Ip), Record> _records = new();

    public bool IsLocked(Guid webhook, IPAddress? ip) =>
        !_records.IsEmpty
        && _records.TryGetValue((webhook, SourceAddresses.Subscriber(ip)), out var record)
        && record.LockedUntil > time.GetUtcNow();

    /// <summary>Returns true when this failure is the one that locks.</summary>
    public bool Fail(Guid webhook, IPAddress? ip)
    {
        var now = time.GetUtcNow();
        if (_records.Count >= MaxEntries)
        {
            ForgetOld(now);
        }

        var record = _records.AddOrUpdate(
            (webhook, SourceAddresses.Subscriber(ip)),
            _ => After(now, now, 1),
            (_, old) => now - old.Since > Window ? After(now, now, 1) : After(now, old.Since, old.Failures + 1)
        );
        return record.LockedUntil > now;
    }

    // Locks that hold are kept: filling the memory with addresses must free nobody.
    private void ForgetOld(DateTimeOffset now)
    {
        foreach (var (key, record) in _records)
        {
            if (record.LockedUntil <= now && now - record.Since > Window)
            {
                _records.TryRemove(key, out _);
            }
        }
    }

    // A lock ends the counting: whoever fails again after it starts anew.
    private Record After(DateTimeOffset now, DateTimeOffset since, int failures) =>
        failures < options.Value.LockoutFailures
            ? new Record(since, failures, default)
            : new Record(now, 0, now.AddSeconds(options.Value.LockoutSeconds));

    private sealed record Record(DateTimeOffset Since, int Failures, DateTimeOffset LockedUntil);
}
