using ExEngine.Tests.Support;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>The server is killed (-9) at seeded moments while alerts come in, and started again.</summary>
internal static class KillChaos
{
    private const int Senders = 8;

    /// <summary>How far the senders may be ahead of the orders at the exchange: kills then fall on every part of the path.</summary>
    private const int Ahead = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<OrderAudit> RunAsync(string database, int signals, int kills, int seed)
    {
        await using var run = await ChaosRun.StartAsync(database);
        var random = new Random(seed);
        var alerts = Enumerable.Range(0, signals).Select(i => Alert(i, random)).ToArray();
        var moments = Enumerable
            .Range(0, kills)
            .Select(_ => random.Next(1, signals))
            .Order()
            .Select(at => (At: at, Late: random.Next(0, 150)))
            .ToArray();
        using var ended = new CancellationTokenSource();
        var placed = 0;
        var watching = WatchAsync();
        var killing = KillAsync();
        await Parallel.ForEachAsync(
            alerts,
            new ParallelOptions { MaxDegreeOfParallelism = Senders },
            async (alert, _) =>
            {
                await Until.True(() => run.Told - Volatile.Read(ref placed) < Ahead || killing.IsFaulted, Patience);
                await run.SendAsync(alert, () => run.Apps[0]);
            }
        );
        await killing;
        await ended.CancelAsync();
        await watching;
        return await run.AuditAsync();

        async Task KillAsync()
        {
            foreach (var (at, late) in moments)
            {
                await Until.True(() => run.Told >= at, Patience);
                await Task.Delay(TimeSpan.FromMilliseconds(late), TimeProvider.System);
                await run.Apps[0].KillAsync();
                await run.Apps[0].StartAsync();
            }
        }

        async Task WatchAsync()
        {
            var last = 0L;
            while (!ended.IsCancellationRequested)
            {
                var news = await run.Exchange.LedgerAsync(last);
                (last, placed) = (Math.Max(last, news.Last), placed + news.Orders.Count);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    // Most are filled at once, some as limit orders; every tenth rests.
    private static ChaosAlert Alert(int i, Random random)
    {
        var kind = random.Next(10) switch
        {
            0 => "\"order_type\":\"limit\",\"trade_price\":\"90\",",
            < 4 => "\"order_type\":\"limit\",\"trade_price\":\"101\",",
            _ => "",
        };
        return new ChaosAlert(
            random.Next(3),
            $$"""{"symbol":"M{{random.Next(ChaosRun.Symbols)}}/USDT","action":"buy",{{kind}}"trade_quantity":"0.5","id":"alert-{{i}}"}"""
        );
    }
}
