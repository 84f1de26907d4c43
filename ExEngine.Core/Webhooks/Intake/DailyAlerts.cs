using System.Collections.Concurrent;
using ExEngine.Core.Markets;
using ExEngine.Core.RateLimits;
using ExEngine.Core.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ExEngine.Core.Webhooks.Intake;

/// <summary>
/// Counts the alerts of each user in a UTC day, and their bytes, against <see cref="CapOptions"/>. An alert costs an addition in memory:
/// with Redis, instances add what they counted every two seconds, so that a cap may be passed by what comes in within two seconds, and
/// a restart goes on where it was. Without Redis a restart begins at zero. Thread-safe.
/// </summary>
public sealed class DailyAlerts(IOptions<CapOptions> options, RedisLink redis, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    // A day's own, so that yesterday's goes as a whole.
    private volatile Tally _today = new(default);

    /// <summary>Counts an alert, unless it is one too many.</summary>
    /// <returns>Null when it counts; else the code of the cap that is reached, the cap, and how long until the day ends.</returns>
    public DailyCapReached? Take(Guid userId, int bytes)
    {
        var caps = options.Value;
        if (caps is { AlertsPerUserPerDay: 0, AlertBytesPerUserPerDay: 0 })
        {
            return null;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var code = Today(DateOnly.FromDateTime(now)).Of(userId).Take(bytes, caps);
        return code is null
            ? null
            : new(
                code,
                code == ProblemCodes.TooManyAlertsToday ? caps.AlertsPerUserPerDay : caps.AlertBytesPerUserPerDay,
                now.Date.AddDays(1) - now
            );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!redis.IsConfigured)
        {
            return;
        }

        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await ShareAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; what is left is added below.
        }

        await ShareAsync(CancellationToken.None);
    }

    private Tally Today(DateOnly day)
    {
        var today = _today;
        if (today.Day != day)
        {
            Interlocked.CompareExchange(ref _today, new Tally(day), today);
            today = _today;
        }

        return today;
    }

    private async Task ShareAsync(CancellationToken cancellationToken)
    {
        var today = _today;
        foreach (var (userId, counts) in today.Users)
        {
            var (alerts, bytes) = counts.Unshared;
            var key = $"exengine:alerts:{today.Day:yyyyMMdd}:{userId:N}";
            var answer = await redis.AskAsync(
                async db =>
                {
                    var sums = await Task.WhenAll(db.HashIncrementAsync(key, "alerts", alerts), db.HashIncrementAsync(key, "bytes", bytes));
                    await db.KeyExpireAsync(key, Kept);
                    return (Alerts: sums[0], Bytes: sums[1]);
                },
                cancellationToken
            );
            if (!answer.Answered)
            {
                return; // counted here until it is back
            }

            counts.Shared(alerts, bytes, answer.Value.Alerts, answer.Value.Bytes);
        }
    }

    private sealed class Tally(DateOnly day)
    {
        public DateOnly Day => day;
        public ConcurrentDictionary<Guid, Counts> Users { get; } = new();

        public Counts Of(Guid userId) => Users.GetOrAdd(userId, _ => new Counts());
    }

    private sealed class Counts
    {
        private readonly Lock _lock = new();
        private (long Alerts, long Bytes) _sum;
        private (long Alerts, long Bytes) _unshared;

        public (long Alerts, long Bytes) Unshared
        {
            get
            {
                lock (_lock)
                {
                    return _unshared;
                }
            }
        }

        public string? Take(int bytes, CapOptions caps)
        {
            lock (_lock)
            {
                if (caps.AlertsPerUserPerDay > 0 && _sum.Alerts >= caps.AlertsPerUserPerDay)
                {
                    return ProblemCodes.TooManyAlertsToday;
                }

                if (caps.AlertBytesPerUserPerDay > 0 && _sum.Bytes + bytes > caps.AlertBytesPerUserPerDay)
                {
                    return ProblemCodes.TooManyAlertBytesToday;
                }

                _sum = (_sum.Alerts + 1, _sum.Bytes + bytes);
                _unshared = (_unshared.Alerts + 1, _unshared.Bytes + bytes);
                return null;
            }
        }

        // What came meanwhile is on top of the sum that Redis answered.
        public void Shared(long alerts, long bytes, long allAlerts, long allBytes)
        {
            lock (_lock)
            {
                _unshared = (_unshared.Alerts - alerts, _unshared.Bytes - bytes);
                _sum = (allAlerts + _unshared.Alerts, allBytes + _unshared.Bytes);
            }
        }
    }
}

/// <param name="Code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="Cap">Alerts, or bytes.</param>
/// <param name="RetryAfter">Until the next UTC day.</param>
public sealed record DailyCapReached(string Code, long Cap, TimeSpan RetryAfter);
