using ExEngine.Core.Data;
using ExEngine.Core.Data.Sealing;
using ExEngine.Core.Exchanges;
using ExEngine.Core.Exchanges.Ccxt;
using ExEngine.Core.Redis;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Web.Health;

/// <summary>Asks each part how it is, all at once and none longer than two seconds.</summary>
public sealed class Readiness(
    IDbContextFactory<AppDb> databases,
    KeyRingCheck keyRing,
    KeySealState seal,
    RedisLink redis,
    GatewayStatus gateway,
    ExchangeClocks clocks,
    TimeProvider time
)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthReport> AskAsync(CancellationToken cancellationToken)
    {
        var database = WithinAsync("The database", DatabaseAsync, cancellationToken);
        var keys = WithinAsync("The key ring", KeyRingAsync, cancellationToken);
        var cache = RedisAsync(cancellationToken);
        return HealthReport.Of(
            new Dictionary<string, PartHealth>
            {
                ["database"] = await database,
                ["keyRing"] = await keys,
                ["redis"] = await cache,
                ["gateway"] = Gateway(),
                ["clockDrift"] = ClockDrift(),
            }
        );
    }

    private async Task<PartHealth> WithinAsync(
        string part,
        Func<CancellationToken, Task<PartHealth>> ask,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await Task.Run(() => ask(cancellationToken), cancellationToken).WaitAsync(Timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return PartHealth.Down($"{part} did not answer within {Timeout.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or IOException)
        {
            // The text of a database error may name hosts and users; the log has it.
            return PartHealth.Down($"{part} cannot be reached ({e.GetType().Name}).");
        }
    }

    private async Task<PartHealth> DatabaseAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.DataProtectionKeys.AnyAsync(cancellationToken);
        return PartHealth.Up(db is PostgresDb ? "PostgreSQL answers." : "SQLite answers.");
    }

    private async Task<PartHealth> KeyRingAsync(CancellationToken cancellationToken)
    {
        if (!await keyRing.IsAliveAsync(cancellationToken))
        {
            return PartHealth.Down("The canary row does not decrypt. Restart with the key ring that this database was used with.");
        }

        var report = seal.Report;
        var reason = $"The canary decrypts. The keys are {report.Text}";
        return report.State == KeySeal.Resealing ? PartHealth.Degraded(reason) : PartHealth.Up(reason);
    }

    private async Task<PartHealth> RedisAsync(CancellationToken cancellationToken)
    {
        if (!redis.IsConfigured)
        {
            return new(PartState.Off, "Not configured: limits and live updates are kept in this process.");
        }

        return (await redis.AskAsync(r => r.PingAsync(), cancellationToken)).Answered
            ? PartHealth.Up("Redis answers.")
            : PartHealth.Degraded("Redis does not answer. Limits and live updates are kept in this process until it does.");
    }

    private PartHealth Gateway()
    {
        var report = gateway.Report;
        return new(
            report.State switch
            {
                GatewayState.Running => PartState.Up,
                GatewayState.Starting => PartState.Unknown,
                GatewayState.Off => PartState.Off,
                _ => PartState.Degraded,
            },
            report.Reason
        );
    }

    private PartHealth ClockDrift()
    {
        var all = clocks.All;
        if (all.Count == 0)
        {
            return new(PartState.Unknown, "Not measured: no live account, or no exchange has answered yet.");
        }

        var worst = all.MaxBy(c => c.Drift.Duration())!;
        return worst.IsFar
            ? PartHealth.Degraded(
                $"This clock differs from {worst.Exchange}'s by {worst.Text}; more than {ExchangeClock.Tolerated.TotalMilliseconds:0} ms. "
                    + "Synchronise this machine's clock (NTP). Requests are stamped with the exchange's time meanwhile."
            )
            : PartHealth.Up($"This clock agrees with those of {all.Count} exchanges; {worst.Exchange}'s differs most, by {worst.Text}.");
    }
}
