using System.Collections.Concurrent;
using System.Diagnostics;
using ExEngine.Tests.FakeExchange;
using ExEngine.Tests.Support;

namespace ExEngine.Tests.Path.Chaos;

/// <summary>
/// The server kills itself at one named point after the other. Each start is armed with the next point while the orders that the
/// kills before left behind are still being settled; at the end everything is held against the ledger.
/// </summary>
internal static class FailpointChaos
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <param name="times">How often each point kills; the later ones at the second or third time that it is reached.</param>
    public static async Task<OrderAudit> RunAsync(
        string database,
        int times,
        int seed,
        IReadOnlyList<string> names,
        Action<string>? say = null
    )
    {
        await using var run = await ChaosRun.StartAsync(database);
        await run.Apps[0].KillAsync();
        var random = new Random(seed);
        var points = Enumerable.Range(0, times).SelectMany(round => names.Select(n => $"{n}:{1 + random.Next(Math.Min(round + 1, 3))}"));
        var unanswered = new ConcurrentQueue<ChaosAlert>();
        var batch = 0;
        var watch = Stopwatch.StartNew();
        foreach (var point in points)
        {
            run.Apps[0]["Execution:DangerousFailpoint"] = point;
            await run.Apps[0].TryStartAsync();
            await Until.True(() => BatchAsync(run, unanswered, batch++), Patience, () => $"{point} was not reached:\n{run.Apps[0].Log}");
            await run.Apps[0].WaitForExitAsync();
            say?.Invoke($"{point} after {watch.Elapsed.TotalSeconds:F0} s");
        }

        run.Apps[0]["Execution:DangerousFailpoint"] = null;
        await run.Apps[0].StartAsync();
        foreach (var alert in unanswered)
        {
            await run.SendAsync(alert, () => run.Apps[0]);
        }

        return await run.AuditAsync();
    }

    /// <summary>Work that passes every point once: an order, one without an answer, one that is cancelled, one that is protected.</summary>
    /// <returns>Whether the point was reached.</returns>
    private static async Task<bool> BatchAsync(ChaosRun run, ConcurrentQueue<ChaosAlert> unanswered, int batch)
    {
        var (n, trader) = (batch % ChaosRun.Symbols, batch % 3);
        if (!run.Apps[0].HasExited)
        {
            await run.Exchange.FaultAsync(
                new FakeFault(FaultKind.Timeout1007, batch % 2 == 0, FaultOn.Place)
                {
                    Account = run.AccountOf(trader),
                    Symbol = $"M{10 + n}USDT",
                }
            );
        }

        ChaosAlert[] alerts =
        [
            new(trader, $$"""{"symbol":"M{{n}}/USDT","action":"buy","trade_quantity":"0.5","id":"plain-{{batch}}"}"""),
            new(trader, $$"""{"symbol":"M{{10 + n}}/USDT","action":"buy","trade_quantity":"0.5","id":"fault-{{batch}}"}"""),
            new(
                trader,
                $$"""{"symbol":"M{{20 + n}}/USDT","action":"buy","order_type":"limit","trade_price":"90","trade_quantity":"0.5","id":"rest-{{batch}}"}"""
            ),
            new(
                trader,
                $$"""{"ticker":"M{{30 + n}}/USDT","action":"buy","quantity":"0.5","stopLoss":{"type":"stop","percent":"10"},"id":"stop-{{batch}}"}"""
            ),
            new(trader, $$"""{"symbol":"M{{20 + n}}/USDT","action":"cancel","id":"cancel-{{batch}}"}""", HasOrder: false),
        ];
        foreach (var alert in alerts)
        {
            unanswered.Enqueue(alert);
        }

        for (var left = unanswered.Count; left > 0 && unanswered.TryDequeue(out var alert); left--)
        {
            if (run.Apps[0].HasExited || !await run.SendAsync(alert))
            {
                unanswered.Enqueue(alert);
            }
        }

        return await ExitsAsync(run.Apps[0]);
    }

    // The points of a lost order lie behind the absence horizon, so this batch is given time before the next.
    private static async Task<bool> ExitsAsync(AppProcess app)
    {
        try
        {
            await Until.True(() => app.HasExited, TimeSpan.FromSeconds(6));
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
