using ExEngine.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>
/// Two instances on one PostgreSQL under load. One is frozen (SIGSTOP), keeps still past its leases while the other takes its
/// accounts over and trades on, and is thawed: in the middle of whatever it was doing.
/// </summary>
internal static class FreezeChaos
{
    private const int Traders = 4;
    private const int PerRound = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <returns>What was wrong, and how often a thawed instance noticed that an account was taken from it.</returns>
    public static async Task<(OrderAudit Audit, int TakenOver, int NotSentLate)> RunAsync(int rounds, int seed)
    {
        await using var run = await ChaosRun.StartAsync(TwoDatabases.Postgres, instances: 2, Traders);
        var random = new Random(seed);
        var sent = 0;
        for (var round = 0; round < rounds; round++)
        {
            var (victim, other) = round % 2 == 0 ? (run.Apps[0], run.Apps[1]) : (run.Apps[1], run.Apps[0]);
            var isFrozen = false;
            var alerts = Enumerable.Range(0, PerRound).Select(_ => Alert(++sent, random)).ToList();
            var sending = Parallel.ForEachAsync(
                alerts,
                new ParallelOptions { MaxDegreeOfParallelism = 6 },
                async (alert, _) => await run.SendAsync(alert, () => Volatile.Read(ref isFrozen) || alert.Trader % 2 == 0 ? other : victim)
            );
            var before = run.Told;
            var at = random.Next(1, PerRound / 2);
            await Until.True(() => run.Told >= before + at, Patience);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 100)), TimeProvider.System);
            victim.Signal("STOP");
            Volatile.Write(ref isFrozen, true);
            await sending;
            await Until.True(() => IsTakenOverAsync(run, victim), Patience, () => other.Log);
            victim.Signal("CONT");
        }

        var audit = await run.AuditAsync();
        return (audit, Count(run, "was taken over by another instance"), Count(run, "place ended NotExecuted, deadline"));
    }

    private static int Count(ChaosRun run, string words) => run.Apps.Sum(a => a.Log.Split(words).Length - 1);

    // Its leases have run out, and whatever was waiting on its accounts was planned by the other.
    private static async Task<bool> IsTakenOverAsync(ChaosRun run, AppProcess app)
    {
        await using var db = run.Open();
        var (owner, now) = ($"/{app.Id}", TimeProvider.System.GetUtcNow().UtcDateTime);
        return !await db.AccountLeases.AnyAsync(l => l.Holder.EndsWith(owner) && l.ExpiresAt > now)
            && !await db.Signals.AnyAsync(s => s.DueAt != null);
    }

    private static ChaosAlert Alert(int i, Random random) =>
        new(
            random.Next(Traders),
            $$"""{"symbol":"M{{random.Next(ChaosRun.Symbols)}}/USDT","action":"buy","trade_quantity":"0.5","id":"alert-{{i}}"}"""
        );
}
